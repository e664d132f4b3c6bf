"""HTML pages for people: values in, bytes out; no clock, no request, no JavaScript."""

# https://html.spec.whatwg.org/multipage/iana.html#text/html
MEDIA_TYPE = "text/html; charset=utf-8"
