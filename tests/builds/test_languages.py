"""Readers find a page in their language, from each page and from the start."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from sphinx_insurterms.building.starting import served
from sphinx_insurterms.building.versions import switcher
from sphinx_insurterms.cli import main

if TYPE_CHECKING:
    from click.testing import Result

    from tests.builds.conftest import Project

LANGUAGES: dict[str, Any] = {"insurterms_languages": ["en", "nb", "ar"]}
NAV = "nav.insurterms-languages"


@pytest.mark.parametrize("theme", ["alabaster", "furo"])
def test_each_page_leads_to_itself_in_the_other_languages(
    project: Project, theme: str
) -> None:
    project.write("claims/loss.rst", "Loss\n====\n")
    project.start(".. toctree::\n\n   claims/loss")
    built = project.build(language="nb", html_theme=theme, **LANGUAGES)
    pages = {"index": "..", "claims/loss": "../..", "genindex": "..", "search": ".."}
    for name, root in pages.items():
        nav = built.one(name, f"[role=main] {NAV}")
        assert nav["aria-label"] == "Språk"
        assert [str(one) for one in nav.select("span, a")] == [
            (
                f'<a dir="ltr" href="{root}/en/{name}.html" hreflang="en" lang="en">'
                "English</a>"
            ),
            '<span aria-current="true" dir="ltr" lang="nb">Norsk bokmål</span>',
            (
                f'<a dir="rtl" href="{root}/ar/{name}.html" hreflang="ar" lang="ar">'
                "العربية</a>"
            ),
        ]


def test_without_languages_a_page_is_as_it_was(project: Project) -> None:
    plain = project.build().files()
    one = project.build(out="one", insurterms_languages="en").files()
    del plain[".buildinfo"], one[".buildinfo"]
    assert plain == one
    assert "insurterms-languages" not in plain["index.html"].decode()


@pytest.mark.filterwarnings("ignore:.*JSONHTMLBuilder.app")
@pytest.mark.parametrize("builder", ["epub", "json"])
def test_what_is_no_website_has_no_list(project: Project, builder: str) -> None:
    plain = project.build(builder, out="plain")
    with_languages = project.build(builder, **LANGUAGES)
    for path in plain.out.rglob("index.*html"):
        other = with_languages.out / path.relative_to(plain.out)
        assert path.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("builder", "address"), [("dirhtml", "../../nb/a/"), ("singlehtml", "")]
)
def test_addresses_are_those_of_the_builder(
    project: Project, builder: str, address: str
) -> None:
    project.write("a.rst", "A\n=\n")
    project.start(".. toctree::\n\n   a")
    built = project.build(builder, **LANGUAGES)
    page, expected = ("a/index", address) if address else ("index", "../nb/index.html")
    nav = built.one(page, NAV)
    assert [a["href"] for a in nav.select("a[lang=nb]")] == [expected]


@pytest.mark.parametrize("base", ["https://x.org/docs/", "https://x.org/docs/nb"])
def test_search_engines_learn_of_all_languages(project: Project, base: str) -> None:
    project.write("a.rst", ":orphan:\n\n.. meta::\n   :keywords: x\n\nA\n=\n")
    built = project.build(language="nb", html_baseurl=base, **LANGUAGES)
    for name in ("a", "genindex"):
        links = built.all(name, "link[rel=alternate]")
        assert [(link["hreflang"], link["href"]) for link in links] == [
            ("en", f"https://x.org/docs/en/{name}.html"),
            ("nb", f"https://x.org/docs/nb/{name}.html"),
            ("ar", f"https://x.org/docs/ar/{name}.html"),
            ("x-default", f"https://x.org/docs/en/{name}.html"),
        ]
    assert built.all("a", "meta[name=keywords]")


def test_a_template_of_the_project_keeps_its_page(project: Project) -> None:
    project.write("_templates/page.html", '{% extends "!page.html" %}\n')
    project.write("_templates/own.html", "{{ insurterms_switcher }}own")
    project.write("_templates/feed.xml", "<feed/>")
    built = project.build(
        templates_path=["_templates"],
        html_additional_pages={"own": "own.html", "feed": "feed.xml"},
        **LANGUAGES,
    )
    assert built.text("feed.html") == "<feed/>"
    assert built.text("own.html").endswith("own")
    assert len(built.all("own", NAV)) == 1
    assert len(built.all("index", NAV)) == 1


def test_names_and_addresses_are_text() -> None:
    page = switcher("<&>", "en", ["en", "nb"], "a%26b.html?<", "./")
    assert 'aria-label="&lt;&amp;&gt;"' in page
    assert 'href="../nb/a%26b.html?&lt;"' in page
    # One that nobody has a name for is called by its tag.
    assert ">zzz-QQ<" in switcher("", "en", ["en", "zzz_QQ"], "x", "./")


# all languages together


@pytest.fixture
def docs(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Write a project one of whose pages is in English only."""
    monkeypatch.chdir(project.root)
    project.conf(
        'html_baseurl = "https://x.org/"\n'
        "def choose(app, config):\n"
        '    if config.language != "en":\n'
        '        config.exclude_patterns += ["only.rst"]\n'
        "def setup(app):\n"
        '    app.connect("config-inited", choose)\n'
    )
    project.write("only.rst", ":orphan:\n\nOnly\n====\n")
    return project


def run(*options: str, languages: str = "en nb") -> Result:
    chosen = [word for one in languages.split() for word in ("-l", one)]
    return CliRunner().invoke(main, ["build", "docs", "out", *chosen, *options])


def page(path: str) -> BeautifulSoup:
    return BeautifulSoup(Path("out", path).read_text("utf-8"), "html.parser")


def leads_to(path: str) -> list[str]:
    """Return where a page's list of languages leads, and what search engines learn."""
    links = page(path).select(f"{NAV} a, link[rel=alternate]")
    return [str(link["href"]) for link in links]


def test_no_page_leads_to_one_that_is_not_there(docs: Project) -> None:
    assert run().exit_code == 0
    assert leads_to("en/only.html") == ["https://x.org/en/only.html"] * 2
    assert len(leads_to("en/index.html")) == 4
    assert leads_to("nb/index.html")[-1] == "../en/index.html"


def test_a_page_that_comes_later_is_led_to_from_then_on(docs: Project) -> None:
    assert run().exit_code == 0
    hidden = Path("out/en/only.html").read_bytes()
    docs.conf('html_baseurl = "https://x.org/"\n')
    assert run(languages="nb").exit_code == 0
    assert "../nb/only.html" in leads_to("en/only.html")
    assert len(leads_to("nb/only.html")) == 4
    (docs.root / "out/nb/only.html").unlink()
    assert CliRunner().invoke(main, ["join", "out"]).exit_code == 0
    assert Path("out/en/only.html").read_bytes() == hidden


def test_a_language_that_failed_is_led_to_by_nobody(docs: Project) -> None:
    docs.conf(
        "def setup(app):\n"
        '    app.connect("config-inited", lambda app, config: 1 / len('
        'config.language.replace("nb", "")))\n'
    )
    assert run().exit_code == 1
    assert leads_to("en/index.html") == []
    assert [a["href"] for a in page("index.html").select("a")] == ["en/index.html"]


def test_where_all_failed_there_is_no_start(docs: Project) -> None:
    docs.write("conf.py", "1 / 0")
    assert run().exit_code == 1
    assert not Path("out").exists()


def test_the_start_leads_to_each_language_without_a_script(docs: Project) -> None:
    assert run(languages="en nb ar").exit_code == 0
    start = page("index.html")
    assert start.select_one("html[lang=en][dir=ltr] h1").text == "Claims guide"  # type: ignore[union-attr]
    assert [(a["href"], a["lang"], a["dir"], a.text) for a in start.select("a")] == [
        ("en/index.html", "en", "ltr", "English"),
        ("nb/index.html", "nb", "ltr", "Norsk bokmål"),
        ("ar/index.html", "ar", "rtl", "العربية"),
    ]
    assert all(Path("out", str(a["href"])).is_file() for a in start.select("a"))
    assert len(start.select("link[rel=alternate]")) == 4
    for name in ("insurterms-start.js", "insurterms-start.css"):
        assert Path("out", name).is_file()


def test_a_start_of_somebody_elses_is_left_alone(docs: Project) -> None:
    Path("out").mkdir()
    Path("out/index.html").write_text("mine", "utf-8")
    done = run("--server", "apache", "--server", "netlify")
    assert done.exit_code == 0
    fact = "was not written by `insurterms build`, and is left as it is"
    assert f"out/index.html: {fact}" in done.stderr
    assert Path("out/index.html").read_text("utf-8") == "mine"
    assert "/ /nb/ 302! Language=no\n" in Path("out/_redirects").read_text("utf-8")
    assert run("--server", "apache").stderr.count(fact) == 1


def test_a_start_without_an_inventory_is_named_by_languages(docs: Project) -> None:
    assert run().exit_code == 0
    for content in (None, b"nothing"):
        inventory = Path("out/en/objects.inv")
        inventory.unlink()
        if content:
            inventory.write_bytes(content)
        assert CliRunner().invoke(main, ["join", "out"]).exit_code == 0
        assert page("index.html").select_one("h1").text == "English, Norsk bokmål"  # type: ignore[union-attr]
        inventory.write_bytes(b"")


def test_what_is_no_website_has_no_start(docs: Project) -> None:
    assert run("-b", "text").exit_code == 0
    assert sorted(path.name for path in Path("out").iterdir()) == ["en", "nb"]


def test_what_was_built_elsewhere_is_joined(docs: Project) -> None:
    for language in ("en", "nb"):
        options = ["-D", "insurterms_languages=en,nb"]
        done = CliRunner().invoke(
            main, ["build", "docs", f"there/{language}", "-l", language, *options]
        )
        assert done.exit_code == 0
        Path("out").mkdir(exist_ok=True)
        Path(f"there/{language}/{language}").rename(f"out/{language}")
    assert len(leads_to("en/only.html")) == 4
    assert CliRunner().invoke(main, ["join", "out"]).exit_code == 0
    assert len(leads_to("en/only.html")) == 2
    assert len(page("index.html").select("a")) == 2


def test_what_a_page_says_is_no_path(docs: Project) -> None:
    place = Path("out/en")
    place.mkdir(parents=True)
    languages = ["en", "../docs", "nb"]
    page = switcher("", "en", languages, "index.html", "./")
    (place / "index.html").write_text(page, "utf-8")
    Path("docs/index.html").write_text(page, "utf-8")
    assert CliRunner().invoke(main, ["join", "out"]).exit_code == 0
    assert Path("docs/index.html").read_text("utf-8") == page
    assert "docs" not in Path("out/index.html").read_text("utf-8")


def test_what_cannot_be_joined_is_told_of(
    docs: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(languages="en").exit_code == 0
    done = CliRunner().invoke(main, ["join", "out"])
    assert done.exit_code == 1
    assert "no page here leads to other languages" in done.stderr
    assert run().exit_code == 0

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sphinx_insurterms.building.starting.replace_file", refuse)
    done = CliRunner().invoke(main, ["join", "out"])
    assert done.exit_code == 1
    assert "out: No space left on device" in done.stderr


def test_languages_keep_their_order_when_one_of_them_is_built(docs: Project) -> None:
    assert run(languages="nb en ar").exit_code == 0
    before = Path("out/ar/index.html").read_bytes()
    assert run(languages="en").exit_code == 0
    assert page("en/index.html").select_one(NAV).text.split() == [  # type: ignore[union-attr]
        *("Norsk", "bokmål", "English", "العربية")
    ]
    assert Path("out/ar/index.html").read_bytes() == before
    assert run(languages="en nb ar").exit_code == 0
    assert page("ar/index.html").select_one(f"{NAV} [lang]").text == "English"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("languages", "header", "expected"),
    [
        ("en nb ar", "nb,en;q=0.8", "nb"),
        ("en nb ar", "no", "nb"),
        ("en nb ar", "nn-NO,nn;q=0.9,en;q=0.8", "nb"),
        ("en nb ar", "sv,da;q=0.9,nb;q=0.5,en;q=0.3", "nb"),
        ("en nb ar", "en-US,nb;q=0.5", "en"),
        ("en nb ar", "AR-eg", "ar"),
        ("en nb ar", "es-AR,es;q=0.9", ""),
        ("en nb ar", "fr", ""),
        ("en pt pt_BR", "pt-BR,pt;q=0.9", "pt_BR"),
        ("en pt pt_BR", "pt-PT,pt;q=0.9", "pt"),
        ("en pt_BR", "pt-PT,pt;q=0.9", "pt_BR"),
        ("nb", "en,nb", "nb"),
    ],
)
def test_a_server_leads_to_the_first_language_that_there_is(
    docs: Project, languages: str, header: str, expected: str
) -> None:
    """Read the rules as Apache does; it did the same when it was asked."""
    for one in languages.split():
        place = Path("out", one)
        place.mkdir(parents=True)
        (place / "index.html").write_text(
            switcher("", one, languages.split(), "index.html", "./"), "utf-8"
        )
    assert (
        CliRunner().invoke(main, ["join", "out", "--server", "apache"]).exit_code == 0
    )
    rules = Path("out/.htaccess").read_text("utf-8")
    found = re.findall(r"Language\} (.*) \[NC\]\n.*\nRewriteRule \S+ %1(\S+)/", rules)
    assert len(found) == len(languages.split())
    led = [locale for rule, locale in found if re.search(rule, header, re.IGNORECASE)]
    assert led == [expected] * bool(expected)


def test_who_is_served_does_not_depend_on_the_order() -> None:
    assert served(["pt_BR", "pt"]) == {"pt-br": "pt_BR", "pt": "pt"}
    assert served(["zh_Hant", "zh_TW"])["zh-tw"] == "zh_TW"
    assert served(["zh_Hant"])["zh-tw"] == "zh_Hant"
