"""searchkit analyze: what a word becomes."""


def test_analyze_explains_each_word(indexed):
    result = indexed("analyze", "--lang", "kk", "кітапханасында")
    assert result.exit_code == 0
    assert "possessive" in result.output
    assert "stem kitaphana" in result.output
    assert indexed("analyze", "...").exit_code == 1
