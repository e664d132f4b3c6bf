"""One module a command: `run(args, clock) -> exit code`; results to stdout, notices to stderr."""
