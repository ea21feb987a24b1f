"""Letters, scripts, words and sentences: rules that hold for every language.

    normalise.py   a word without case, with one kind of apostrophe
    scripts.py     the script of a word or a passage
    lookalikes.py  letters of the wrong script inside a word
    words.py       text to words with their offsets
    sentences.py   where sentences begin
    identify.py    the language of a few words, by rules
    guess.py       the same by a statistical model, for what the rules leave open
    passages.py    the language of each passage of a text

No module here knows the languages' own rules: those are in `languages`.
"""
