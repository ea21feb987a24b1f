"""Files in, Documents out.

`formats.read` reads one file, `walk.walk` finds the files under given paths, `pool.read_files` reads many of them in
worker processes with limits of time and memory, `dates` finds and parses dates.
"""
