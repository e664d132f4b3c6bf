"""Podcasts as Apple's directory and the Podcasting 2.0 namespace ask for them."""

import pytest
from lxml import etree

from feedsvc.feeds.values import FeedKey, FeedKind
from feedsvc.formats import FORMATS, podcast
from feedsvc.formats.vocabulary import NAMESPACES
from feedsvc.model import Author, Enclosure
from feedsvc.settings import PodcastSettings

from .samples import ARTICLES, CASES, EPISODES, FEED, SETTINGS, URL, entry, written

AUDIO = (Enclosure(f"{URL}/e.mp3", "audio/mpeg", 10),)


SHOW = SETTINGS._replace(podcast=PodcastSettings(author="Zoë"))


def rss(feed, *entries, settings=SHOW):
    writer = FORMATS["rss"]
    return etree.fromstring(
        writer.document(feed, [written(writer.name, one, settings) for one in entries])
    )


def found(root, path):
    return root.xpath(path, namespaces=NAMESPACES)


def episode(**extra):
    root = rss(FEED, entry(0, "T", "<p>x</p>", enclosures=AUDIO, extra=extra))
    return {
        etree.QName(child).localname: child.text or dict(child.attrib)
        for child in found(root, "//item/itunes:* | //item/podcast:*")
    }


def test_a_show_has_all_that_apple_requires():
    root = etree.fromstring(CASES["podcast"].document("rss"))

    assert found(root, "//channel/title/text()")
    assert found(root, "//channel/description/text()")
    assert found(root, "//channel/language/text()") == ["en"]
    assert found(root, "//channel/itunes:image/@href") == [f"{URL}/show.jpg"]
    assert found(root, "//channel/itunes:explicit/text()") == ["false"]
    assert found(root, "//channel/itunes:category/@text") == ["Society & Culture", "Technology"]
    assert found(root, "//channel/itunes:category/itunes:category/@text") == ["Documentary"]
    assert found(root, "//channel/itunes:author/text()") == ["Zoë & Co"]
    assert found(root, "//channel/itunes:owner/itunes:email/text()") == ["zoe@example.org"]
    assert found(root, "//channel/itunes:type/text()") == ["serial"]
    for item in found(root, "//item"):
        assert item.findtext("title")
        assert item.findtext("guid")
        assert item.findtext("pubDate")
        file = item.find("enclosure")
        assert file.get("url").endswith((".mp3", ".m4a"))
        assert int(file.get("length")) > 0
        assert file.get("type").startswith("audio/")


def test_a_blog_is_not_a_show():
    document = CASES["articles"].document("rss")

    assert b"itunes" not in document
    assert b"podcast" not in document


def test_a_sound_in_a_blog_makes_no_show():
    one = entry(0, "T", "<p>x</p>", enclosures=AUDIO, extra={"duration": 2})

    assert found(rss(FEED, one, settings=SETTINGS), "//enclosure")
    assert not found(rss(FEED, one, settings=SETTINGS), "//itunes:*")
    assert found(rss(FEED, one, settings=SHOW), "//itunes:duration/text()") == ["2"]


def test_a_feed_with_episodes_is_a_show_without_configuration():
    root = rss(FEED, *EPISODES, *ARTICLES, settings=SETTINGS)

    assert found(root, "//channel/itunes:author/text()") == ["Zoë Nuñez"]
    assert found(root, "//channel/itunes:image/@href") == [FEED.logo]


def test_a_configured_show_is_one_before_its_first_episode():
    root = rss(FEED._replace(podcast=PodcastSettings(author="A")))

    assert found(root, "//channel/itunes:author/text()") == ["A"]
    assert not found(root, "//podcast:locked")


def test_what_nobody_says_of_a_show_is_no_element():
    nameless = FEED._replace(author=None, logo=None, podcast=PodcastSettings(category=("Arts",)))
    root = rss(nameless)

    assert found(root, "//channel/itunes:category")
    assert not found(root, "//itunes:author | //itunes:owner | //itunes:image")


def test_what_xml_forbids_is_dropped_from_all_that_is_configured():
    said = PodcastSettings(
        "A\x0b", Author("B\x0b", "b\x0b@c"), "https://c/\x0b.png", ("Arts > D\x0b",), guid="e\x0b"
    )
    for locked in (True, None):
        document = etree.tostring(rss(FEED._replace(podcast=said._replace(locked=locked))))
        clean = PodcastSettings("A", Author("B", "b@c"), "https://c/.png", ("Arts > D",), guid="e")
        assert document == etree.tostring(rss(FEED._replace(podcast=clean._replace(locked=locked))))


def test_the_guid_of_a_show_is_the_uuid_of_its_address():
    # The example of the Podcasting 2.0 specification.
    address = "https://mp3s.nashownotes.com/pc20rss.xml"

    assert podcast.guid(FEED._replace(origin=address)) == "917393e3-1b1e-5cef-ace4-edaa54e1f810"


def test_a_configured_guid_is_that_of_the_site_only():
    configured = FEED._replace(podcast=PodcastSettings(guid="917393e3"))
    tag = configured._replace(key=FeedKey(FeedKind.TAG, "x", "x"))

    assert podcast.guid(configured) == "917393e3"
    assert podcast.guid(tag) != "917393e3"


@pytest.mark.parametrize(("locked", "word"), [(True, "yes"), (False, "no")])
def test_a_lock_is_said_only_where_configured(locked, word):
    root = rss(FEED._replace(podcast=PodcastSettings(locked=locked, owner=Author("Ann"))))

    assert found(root, "//podcast:locked/text()") == [word]
    assert found(root, "//itunes:owner/itunes:name/text()") == ["Ann"]


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        (61, "61"),
        ("61", "61"),
        ("1:01", "61"),
        ("01:02:03", "3723"),
        ("62:03.5", "3723"),
        ("PT1H2M3S", "3723"),
        ("1h 2m 3s", "3723"),
        ("90 min", "5400"),
        ("1 hour, 30 minutes", "5400"),
        ("45s", "45"),
        (61.9, "61"),
        ("PT", None),
        ("1:2:3:4", None),
        (True, None),
        (0, None),
        (-5, None),
        ("an hour", None),
        ([], None),
    ],
)
def test_durations_are_written_in_seconds_whatever_was_given(given, seconds):
    assert episode(duration=given).get("duration") == seconds


def test_the_length_of_the_file_outranks_the_front_matter():
    one = entry(0, "T", "", enclosures=(AUDIO[0]._replace(duration=7),), extra={"duration": 9})

    assert found(rss(FEED, one), "//itunes:duration/text()") == ["7"]


def test_a_category_is_named_once_with_all_that_is_within_it():
    names = ("Arts > Books", "News", "Arts > Design", "Arts", "Arts > Books", "News > Politics")
    root = rss(FEED._replace(podcast=PodcastSettings(category=names)))
    said = {
        outer.get("text"): [inner.get("text") for inner in outer]
        for outer in found(root, "//channel/itunes:category")
    }

    assert list(said.items()) == [("Arts", ["Books", "Design"]), ("News", ["Politics"])]
    assert len(found(root, "//channel/itunes:category")) == 2


@pytest.mark.parametrize(
    ("given", "number"),
    [(3, "3"), ("003", "3"), (f"{'0' * 5000}3", "3"), (0, None), ("x", None), (None, None)],
)
def test_episodes_and_seasons_are_positive_whole_numbers(given, number):
    said = episode(episode=given, season=given)

    assert (said.get("episode"), said.get("season")) == (number, number)


@pytest.mark.parametrize(
    ("given", "number"), [(1.5, "1.5"), ("03.25", "3.25"), (0.0, None), (-1.5, None), ("1.", None)]
)
def test_an_extra_between_two_episodes_has_a_number_in_the_newer_vocabulary_only(given, number):
    root = rss(FEED, entry(0, "T", "", enclosures=AUDIO, extra={"episode": given, "season": given}))

    assert not found(root, "//itunes:episode | //itunes:season | //podcast:season")
    assert next(iter(found(root, "//podcast:episode/text()")), None) == number


@pytest.mark.parametrize(
    ("given", "word"),
    [
        *[(True, "true"), ("yes", "true"), (False, "false"), ("clean", "false"), (None, None)],
        *[("maybe", None), ([True], None), ("", None)],
    ],
)
def test_explicit_is_true_or_false_or_the_shows(given, word):
    assert episode(explicit=given).get("explicit") == word


def test_an_episode_is_full_unless_it_is_a_trailer_or_a_bonus():
    assert episode(episode_type="bonus")["episodeType"] == "bonus"
    assert episode(episodeType="trailer")["episodeType"] == "trailer"
    assert episode(episode_type="other")["episodeType"] == "full"
    assert episode(episode_type=["bonus"])["episodeType"] == "full"


def test_an_itunes_map_outranks_the_rest_of_the_front_matter():
    assert episode(season=1, itunes={"season": 2})["season"] == "2"


def test_the_picture_of_an_episode_must_be_one_that_apple_takes():
    assert episode(itunes={"image": "/a.png?v=1"})["image"] == {"href": f"{URL}/a.png?v=1"}
    assert "image" not in episode(itunes={"image": "/a.webp"})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a.vtt", {"url": f"{URL}/2022/05/30/0/a.vtt", "type": "text/vtt"}),
        ({"url": "/a.srt"}, {"url": f"{URL}/a.srt", "type": "application/x-subrip"}),
        ({"url": "/a", "type": "text/plain"}, {"url": f"{URL}/a", "type": "text/plain"}),
        (
            {"url": "/a.vtt", "language": "es", "rel": "captions"},
            {"url": f"{URL}/a.vtt", "type": "text/vtt", "language": "es", "rel": "captions"},
        ),
        ("http://[", None),
        ("file:///home/ann/a.vtt", None),
        ("C:\\Ann\\a.vtt", None),
        ({"type": "text/plain"}, None),
        (7, None),
    ],
)
def test_transcripts_are_absolute_and_typed(given, expected):
    assert episode(transcript=given).get("transcript") == expected


def test_chapters_are_named_once():
    assert episode(chapters=["a.json", "b.json"])["chapters"] == {
        "url": f"{URL}/2022/05/30/0/a.json",
        "type": "application/json+chapters",
    }
    assert "chapters" not in episode(chapters="http://[")


def test_persons_without_a_name_are_left_out():
    assert episode(person=[{"role": "host"}, "Ann"])["person"] == "Ann"


def test_a_file_that_is_not_played_makes_no_episode():
    one = entry(0, "T", "", enclosures=(Enclosure("a", "text/csv"),), extra={"season": 1})

    assert not found(rss(FEED, one), "//itunes:*")
