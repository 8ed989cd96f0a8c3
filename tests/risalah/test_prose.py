import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbk.risalah import prose
from kbk.risalah.rules import SectionFacts

OWN = "AbCdEf0123456-_z"
PAYLOADS = (
    "<p><script>alert(1)</script>a</p>",
    "<p><img src=x onerror=alert(1)>a</p>",
    "<p onclick=alert(1)>a</p>",
    '<p style="background:url(javascript:alert(1))">a</p>',
    "<p><svg onload=alert(1)><animate onbegin=alert(1)></svg>a</p>",
    "<p><math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></math>a</p>",
    "<p><iframe srcdoc='<script>alert(1)</script>'></iframe>a</p>",
    '<p><a href="javascript:alert(1)">a</a></p>',
    '<p><a href=" jav&#x09;ascript:alert(1)">a</a></p>',
    '<p><a href="data:text/html,<script>alert(1)</script>">a</a></p>',
    "<form action=/keluar><p><button>a</button></p></form>",
    "<p><noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>a</p>",
    "<p><template><script>alert(1)</script></template>a</p>",
    '<p><base href="http://x.example/">a</p><meta http-equiv=refresh content="0;url=http://x.example">',
    "<p><object data=x><embed src=x></object><link rel=stylesheet href=x>a</p>",
    '<p><img src="data:image/svg+xml;base64,PHN2Zz4=">a</p>',
    '<p><img src="http://x.example/berkas.png">a</p>',
    '<p><img src="//x.example/1.png">a</p>',
    "<p><input autofocus onfocus=alert(1)>a</p>",
    "<p>a</p><!--><img src=x onerror=alert(1)>-->",
)


def elements(text: str) -> list[tuple[str, frozenset[str]]]:
    fragment = html5lib.parseFragment(text, namespaceHTMLElements=False)
    return [
        (e.tag, frozenset(e.attrib)) for e in fragment.iter() if isinstance(e.tag, str) and e is not fragment
    ]


def assert_harmless(text: str) -> None:
    for tag, attributes in elements(text):
        assert tag in prose.TAGS
        assert attributes <= prose.ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_clean_leaves_only_marks_of_the_editor(payload: str) -> None:
    kept = prose.clean(payload, [OWN]).html
    assert_harmless(kept)
    assert "x.example" not in kept


@pytest.mark.parametrize("payload", PAYLOADS)
def test_show_cleans_what_the_database_holds(payload: str) -> None:
    assert_harmless(str(prose.show(payload, [OWN], lambda public_id: f"/berkas/{public_id}")))


@given(st.text(alphabet="<>/=\"' abpimgscrthrfonjv:&#;\0-!\n", max_size=80))
def test_clean_is_harmless_and_stable_for_any_text(text: str) -> None:
    kept = prose.clean(text, [OWN]).html
    assert_harmless(kept)
    assert "\0" not in kept
    again = prose.clean(kept, [OWN]).html
    assert_harmless(again)


def test_editor_marks_survive() -> None:
    text = (
        "<h3>Data</h3><p><strong>94</strong> <em>menit</em> <u>rata-rata</u></p><ul><li><p>a</p></li></ul>"
        '<table><tbody><tr><th colspan="2"><p>b</p></th></tr>'
        "<tr><td><p>1</p></td><td><p>2</p></td></tr></tbody></table>"
        f'<img src="/berkas/{OWN}" alt="foto">'
    )
    assert prose.clean(text, [OWN]) == prose.Cleaned(text, 0)


def test_picture_of_another_risalah_is_left_out_and_counted() -> None:
    cleaned = prose.clean(f'<p>a<img src="/berkas/{OWN}"><img src="/berkas/aaaaaaaaaaaaaaaa"></p>', [OWN])
    assert cleaned == prose.Cleaned(f'<p>a<img src="/berkas/{OWN}"></p>', 1)


def test_own_picture_pasted_with_its_whole_address_gets_the_stored_one() -> None:
    cleaned = prose.clean(f'<p><img src="https://kbk.example/juri/lembar/x/berkas/{OWN}" alt="a"></p>', [OWN])
    assert cleaned.html == f'<p><img src="/berkas/{OWN}" alt="a"></p>'


def test_show_gives_pictures_the_readers_address() -> None:
    shown = prose.show(f'<p><img src="/berkas/{OWN}"></p>', [OWN], lambda public_id: f"/juri/x/{public_id}")
    assert shown == f'<p><img src="/juri/x/{OWN}"></p>'


def test_links_lead_out_without_credentials() -> None:
    cleaned = prose.clean('<p><a href="https://contoh.go.id/a?b=1">a</a> <a href="/keluar">b</a></p>', [])
    rel = 'rel="noopener noreferrer nofollow"'
    assert cleaned.html == f'<p><a href="https://contoh.go.id/a?b=1" {rel}>a</a> <a {rel}>b</a></p>'


def test_spans_are_whole_numbers_of_a_sane_size() -> None:
    cleaned = prose.clean("<table><tr><td colspan=2>a</td><td colspan=99999>b</td></tr></table>", [])
    assert cleaned.html == '<table><tbody><tr><td colspan="2">a</td><td>b</td></tr></tbody></table>'


def test_plain_text_becomes_paragraphs() -> None:
    assert (
        prose.clean("Satu & dua\r\nbaris\r\n\r\nTiga < empat", []).html
        == "<p>Satu &amp; dua<br>baris</p><p>Tiga &lt; empat</p>"
    )


def test_blank_text_is_empty() -> None:
    assert prose.clean(" \n\n ", []).html == ""


def test_facts_count_words_across_blocks() -> None:
    assert prose.facts("<p>satu dua</p><p>tiga&nbsp;empat</p>") == SectionFacts(words=4, has_picture=False)
    assert prose.facts("<p></p>").filled is False
    assert prose.facts(f'<p><img src="/berkas/{OWN}"></p>') == SectionFacts(words=0, has_picture=True)
