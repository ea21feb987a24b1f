"""The pages for readers, a module a page; each function takes the site and the request, and gives the answer."""
