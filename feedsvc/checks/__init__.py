"""Everything that is wrong or doubtful in a site, and what each kind of finding means."""
