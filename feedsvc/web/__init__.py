"""The web door: a WSGI front and a Flask app that hand out the documents of a publication."""
