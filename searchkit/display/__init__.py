"""How the command line shows things: values in, lines of text out.

Lines are plain text in which `screen` marks what is to stand out; it alone knows about terminals, and makes text from
outside safe to print.
"""
