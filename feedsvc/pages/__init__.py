"""HTML pages for people: values in, bytes out; no clock, no request, no JavaScript."""
