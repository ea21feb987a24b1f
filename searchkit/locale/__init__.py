"""The languages in which searchkit speaks to its users: Kazakh, Uzbek (Latin), Russian, English.

    choice.py      which of them a user wants
    catalogue.py   gettext catalogues: data/<code>.po, written by people, and data/<code>.mo, what is read
    spoken.py      which of them this process speaks on the command line
    messages.py    the sentences of the library (errors, reasons), recognised and translated
    numbers.py     numbers, dates and sizes as each language writes them
    compile.py     makes the .mo files, and lists what is not translated (needs Babel)

Messages in the code are English; a catalogue has each of them in one other language. Names of files are never translated.
"""

from __future__ import annotations

from searchkit.locale.catalogue import LANGUAGES, N_, Speech, speech
from searchkit.locale.choice import of_environment, preferred

__all__ = ["LANGUAGES", "N_", "Speech", "of_environment", "preferred", "speech"]
