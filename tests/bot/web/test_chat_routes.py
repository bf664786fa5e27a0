import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from bot.channels.base import Address
from bot.web.chat import COOKIE, Key
from dialogue.message import Kind
from tests.bot.web.house import Served

KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"
JPEG = b"\xff\xd8\xff\xe0 not looked at here"


def test_the_page_opens_a_chat_with_a_signed_cookie(page: Served) -> None:
    answer = httpx.get(f"{page.url}/chat")
    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 200
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age=31536000" in cookie
    assert page.house.unsign(answer.cookies[COOKIE])


async def test_a_page_opened_again_keeps_its_chat(visitor: httpx.AsyncClient) -> None:
    before = visitor.cookies[COOKIE]
    await visitor.get("/chat")
    assert visitor.cookies[COOKIE] == before


async def test_a_forged_cookie_opens_a_new_chat(page: Served) -> None:
    async with httpx.AsyncClient(base_url=page.url, cookies={COOKIE: "somebody.forged"}) as client:
        answer = await client.get("/chat")
        post = await client.post("/chat/messages", json={"key": KEY, "text": "halo"})
    assert answer.cookies[COOKIE] != "somebody.forged"
    assert post.status_code == 200
    assert page.house.arrived[0].address != Address("webchat", "web", "somebody", "web")


def test_the_front_door_leads_to_the_chat(page: Served) -> None:
    assert httpx.get(page.url).headers["location"] == "/chat"


def test_a_programme_that_is_not_run_here_is_said_to_be_unknown(page: Served) -> None:
    assert httpx.get(f"{page.url}/chat/ovop-blitar").status_code == 200
    answer = httpx.get(f"{page.url}/chat/ovop-atlantis")
    assert answer.status_code == 404
    assert "Program itu tidak ada di sini" in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(("officer", "promised"), [(False, True), (True, False)])
def test_what_is_promised_to_producers_is_not_shown_to_an_officer(page: Served, officer: bool, promised: bool) -> None:
    page.house.front_of_all = replace(page.house.front_of_all, officer=officer)
    answer = httpx.get(f"{page.url}/chat").text
    assert ("Daftarkan produk" in answer) is promised
    assert ("Obrolan petugas" in answer) is officer


@pytest.mark.parametrize("query", ["desa=35.05.17.2009", "mulai=x7Tz-90_b"])
def test_a_deep_link_gives_the_page_its_start(page: Served, query: str) -> None:
    answer = httpx.get(f"{page.url}/chat/ovop-blitar?{query}")
    assert f'data-start="{query.partition("=")[2]}"' in answer.text


def test_a_deep_link_that_is_no_code_is_left_out(page: Served) -> None:
    answer = httpx.get(f"{page.url}/chat", params={"desa": '"><script>alert(1)</script>'})
    assert 'data-start=""' in answer.text


async def test_a_text_arrives_under_the_key_of_the_page(page: Served, visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post("/chat/messages", json={"key": KEY, "text": "  Siti Contohwati\u202e\x00 "})
    (arrived,) = page.house.arrived
    assert answer.json() == {"ok": True}
    assert arrived.external_id == KEY
    assert arrived.incoming is not None
    assert arrived.incoming.text == "Siti Contohwati"
    assert arrived.address == page.address


@pytest.mark.parametrize(
    ("field", "kind"),
    [({"tapped": "1a.0"}, Kind.TAP), ({"phone": "+6282000000001"}, Kind.PHONE), ({"start": ""}, Kind.START)],
)
async def test_other_posts_arrive_as_what_they_are(
    page: Served, visitor: httpx.AsyncClient, field: dict[str, str], kind: Kind
) -> None:
    await visitor.post("/chat/messages", json={"key": KEY, **field})
    incoming = page.house.arrived[0].incoming
    assert incoming is not None
    assert incoming.kind is kind
    assert incoming.tapped == field.get("tapped", "")
    assert incoming.phone == field.get("phone", "")


async def test_a_repeat_answers_what_the_first_answered(page: Served, visitor: httpx.AsyncClient) -> None:
    first, second = [await visitor.post("/chat/messages", json={"key": KEY, "text": "halo"}) for _ in "ab"]
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert len(page.house.arrived) == 1


async def test_a_photo_sent_again_is_stored_once(page: Served, visitor: httpx.AsyncClient) -> None:
    first, second = [await _upload(visitor, JPEG) for _ in "ab"]
    assert first.json() == second.json() == {"ok": True, "media": 1}
    assert page.house.uploads[KEY][0] == JPEG


async def test_a_file_that_is_no_photo_is_refused_in_words(visitor: httpx.AsyncClient) -> None:
    answer = await _upload(visitor, b"text", name="catatan.txt")
    assert (answer.status_code, answer.json()) == (422, {"ok": False, "text": "Itu bukan foto."})


async def test_a_store_that_cannot_commit_asks_to_come_again(page: Served, visitor: httpx.AsyncClient) -> None:
    page.house.broken = True
    for answer in (
        await visitor.post("/chat/messages", json={"key": KEY, "text": "halo"}),
        await _upload(visitor, JPEG),
        await visitor.get("/chat"),
        await visitor.get("/chat/events"),
    ):
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "2"
        assert "sedang ada gangguan" in answer.json()["text"]


async def test_a_post_without_the_cookie_is_told_to_open_the_page(page: Served) -> None:
    async with httpx.AsyncClient(base_url=page.url) as client:
        for answer in (
            await client.post("/chat/messages", json={"key": KEY, "text": "halo"}),
            await client.get("/chat/events"),
        ):
            assert answer.status_code == 401
            assert answer.json()["text"] == "Obrolan ini belum dibuka di HP ini. Mohon muat ulang halamannya."
    assert page.house.arrived == []


@pytest.mark.parametrize("origin", ["https://jahat.example", "null", "http://127.0.0.1:1", "http://[", "about:blank"])
async def test_a_post_from_a_foreign_page_is_refused(page: Served, visitor: httpx.AsyncClient, origin: str) -> None:
    for body in ({"json": {"key": KEY, "text": "halo"}}, {"data": {"key": KEY, "text": "halo"}}):
        answer = await visitor.post("/chat/messages", headers={"origin": origin}, **body)  # type: ignore[arg-type]  # json or data
        assert answer.status_code == 403
    assert page.house.arrived == []


async def test_a_form_that_does_not_say_where_it_comes_from_is_refused(page: Served) -> None:
    async with httpx.AsyncClient(base_url=page.url) as client:
        await client.get("/chat")
        answer = await client.post("/chat/messages", data={"key": KEY, "text": "halo"})
        by_referer = await client.post(
            "/chat/messages", data={"key": KEY, "text": "halo"}, headers={"referer": f"{page.url}/chat"}
        )
    assert answer.status_code == 403
    assert by_referer.status_code == 303


BAD_BODIES = [
    b"",
    b"null",
    b"[]",
    b'"x"',
    b"{",
    b"\xff\xfe",
    b"[" * 60_000,
    b'{"a":' * 10_000,
    b'{"key":1e999,"text":"x"}',
    b'{"key":' + b"9" * 5000 + b',"text":"x"}',
    b'{"key":"short","text":"x"}',
    b'{"key":"' + b"k" * 65 + b'","text":"x"}',
    b'{"key":"0f8fad5b-d9cb-469f-a165-7086772895\\ud800","text":"x"}',
    *(
        json.dumps({"key": KEY, **fields}).encode()
        for fields in (
            {},
            {"text": ""},
            {"text": " \n"},
            {"text": "\u0000\u202e"},
            {"text": 5},
            {"text": ["x"]},
            {"text": "x" * 4001},
            {"tapped": "hapus semua"},
            {"tapped": "1." + "9" * 400},
            {"tapped": "\u0661.\u0661"},
            {"phone": "0820"},
            {"start": "../../etc"},
            {"start": "x" * 65},
        )
    ),
]


@pytest.mark.parametrize("body", BAD_BODIES)
async def test_bad_posts_are_refused_in_words_and_store_nothing(
    page: Served, visitor: httpx.AsyncClient, body: bytes
) -> None:
    answer = await visitor.post("/chat/messages", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert re.match(r"(Pesan|Mohon)", answer.json()["text"])
    assert page.house.arrived == []


async def test_a_lone_surrogate_is_taken_out(page: Served, visitor: httpx.AsyncClient) -> None:
    body = b'{"key":"%s","text":"keripik \\ud800 singkong"}' % KEY.encode()
    await visitor.post("/chat/messages", content=body, headers={"content-type": "application/json"})
    incoming = page.house.arrived[0].incoming
    assert incoming is not None
    assert incoming.text == "keripik  singkong"


CAPS = [("messages", "application/json", 64_000), ("photos", "multipart/form-data; boundary=x", 20_100_000)]


@pytest.mark.parametrize(("path", "kind", "cap"), CAPS)
async def test_a_body_that_says_it_is_too_large_is_refused_unread(
    page: Served, visitor: httpx.AsyncClient, path: str, kind: str, cap: int
) -> None:
    for declared in (str(cap + 1), "9" * 400):
        head = (
            f"POST /chat/{path} HTTP/1.1\r\nHost: {page.host}\r\nOrigin: {page.url}\r\nContent-Type: {kind}\r\n"
            f"Cookie: {COOKIE}={visitor.cookies[COOKIE]}\r\nAccept: application/json\r\n"
            f"Content-Length: {declared}\r\n\r\n"
        )
        reader, writer = await asyncio.open_connection(*page.host.split(":"))
        writer.write(head.encode())
        status = await asyncio.wait_for(reader.readline(), 5)
        writer.close()
        await writer.wait_closed()
        assert status.split()[1] in {b"413", b"400"}  # 400: a number that the server itself cannot read


@pytest.mark.parametrize(("path", "kind", "cap"), CAPS)
async def test_a_stream_without_end_is_cut_at_the_cap(
    page: Served, visitor: httpx.AsyncClient, path: str, kind: str, cap: int
) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 10_000
            yield b"x" * 10_000

    headers = {"content-type": kind, "accept": "application/json"}
    with contextlib.suppress(httpx.WriteError, httpx.ReadError):  # the server may hang up before we read its answer
        answer = await visitor.post(f"/chat/{path}", content=endless(), headers=headers)
        assert answer.status_code == 413
    assert taken < cap + 10_000_000
    assert page.house.uploads == {}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data; boundary=x", b"garbage"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=\xff", b"--x--"),
        (
            "multipart/form-data; boundary=x; charset=klingon",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\r\n--x--\r\n',
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a"\r\n\r\n',
        ),
        ("application/json", b"{}"),
        ("text/plain", b"x"),
    ],
)
async def test_bad_uploads_are_refused(page: Served, visitor: httpx.AsyncClient, kind: str, body: bytes) -> None:
    headers = {b"content-type": kind.encode("latin-1"), b"accept": b"application/json", b"origin": page.url.encode()}
    answer = await visitor.post("/chat/photos", content=body, headers=headers)
    assert answer.status_code == 422
    assert page.house.uploads == {}


async def test_an_upload_without_a_key_is_refused(page: Served, visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post(
        "/chat/photos", files={"photo": ("a.jpg", JPEG)}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 422
    assert page.house.uploads == {}


async def test_the_stream_begins_with_what_the_browser_has_not_seen(page: Served, visitor: httpx.AsyncClient) -> None:
    await visitor.post("/chat/messages", json={"key": KEY, "text": "halo"})
    rows = await _stream(visitor, 2)
    assert [row["s"] for _, row in rows] == ["me", "them"]
    after = await _stream(visitor, 1, {"last-event-id": rows[0][0]})
    assert after == rows[1:]


async def test_a_row_that_comes_later_is_pushed(page: Served, visitor: httpx.AsyncClient) -> None:
    await visitor.post("/chat/messages", json={"key": KEY, "text": "halo"})
    async with visitor.stream("GET", "/chat/events?after=2") as stream:
        lines = stream.aiter_lines()
        assert await anext(lines) == "retry: 2000"
        row = page.say(text="*Lolos*", keys=(Key("Lihat", "2b.0"),))
        found = [line async for line in _until_data(lines)]
    assert found[-2] == f"id: {row.event}"
    assert json.loads(found[-1].removeprefix("data: ")) == {
        "i": row.id,
        "s": "them",
        "t": "*Lolos*",
        "k": [["Lihat", "2b.0", 0]],
        "a": row.at.astimezone(page.house.front_of_all.zone).strftime("%Y-%m-%dT%H:%M"),
    }


async def test_a_silent_stream_beats(page: Served, visitor: httpx.AsyncClient) -> None:
    async with visitor.stream("GET", "/chat/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.aiter_lines()
        assert [line async for line in _until_data(lines)][-2:] == ["event: beat", "data: 1"]


@pytest.mark.parametrize("share", ["Kirim nomor HP saya", "Send my phone number"])
async def test_a_browser_has_no_number_to_share(page: Served, visitor: httpx.AsyncClient, share: str) -> None:
    page.say(text="Nomor HP?", asks_phone=True, keys=(Key("Lewati", "2b.0"), Key(share, "2b.1")))
    answer = await visitor.get("/chat")
    assert "Lewati" in answer.text
    assert share not in answer.text
    rows = (await visitor.get("/chat/events", headers={"accept": "application/json"})).json()["rows"]
    assert rows[-1]["k"] == [["Lewati", "2b.0", 0]]


@pytest.mark.parametrize("event", ["x", "-1", "1e9", "9" * 19, "9" * 40, "\xb2"])
async def test_any_last_event_id_is_borne(page: Served, visitor: httpx.AsyncClient, event: str) -> None:
    answer = await visitor.get(
        "/chat/events", headers={b"accept": b"application/json", b"last-event-id": event.encode("latin-1")}
    )
    assert answer.status_code == 200


async def test_a_page_that_cannot_stream_asks_for_rows(page: Served, visitor: httpx.AsyncClient) -> None:
    await visitor.post("/chat/messages", json={"key": KEY, "text": "halo"})
    answer = await visitor.get("/chat/events?after=1", headers={"accept": "application/json"})
    (row,) = answer.json()["rows"]
    assert (row["e"], row["s"]) == (2, "them")


async def test_a_stream_ends_when_the_house_shuts_down(page: Served, visitor: httpx.AsyncClient) -> None:
    page.house.leaving = True
    answer = await visitor.get("/chat/events")
    assert answer.text == "retry: 2000\n\n"


async def test_pictures_are_shown_to_their_own_chat_only(page: Served, visitor: httpx.AsyncClient) -> None:
    await _upload(visitor, JPEG)
    own = await visitor.get("/chat/media/1")
    async with httpx.AsyncClient(base_url=page.url) as stranger:
        without = await stranger.get("/chat/media/1")
        await stranger.get("/chat")
        with_another = await stranger.get("/chat/media/1")
    assert own.content == JPEG
    assert own.headers["cache-control"].startswith("private")
    assert [without.status_code, with_another.status_code] == [404, 404]
    assert (await visitor.get("/chat/media/..%2f1")).status_code == 404
    assert (await visitor.get("/chat/media/999999999999999999999")).status_code == 404


async def test_every_answer_carries_the_security_headers(page: Served, visitor: httpx.AsyncClient) -> None:
    for path in ("/chat", "/chat/none", "/static/chat.js", "/static/none", "/nowhere", "/chat/media/1"):
        headers = (await visitor.get(path)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


async def test_the_page_has_no_inline_script_or_style(page: Served, visitor: httpx.AsyncClient) -> None:
    text = (await visitor.get("/chat")).text
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", text)


async def test_our_files_are_packed_and_kept_for_good(page: Served, visitor: httpx.AsyncClient) -> None:
    text = (await visitor.get("/chat")).text
    total = 0
    for path in set(re.findall(r'"(/static/[^"#]+)', text)):
        answer = await visitor.get(path)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-encoding"] == "gzip"
        total += len(answer.content) if path.partition("?")[0].endswith(("css", "js")) else 0
    assert 0 < total < 60_000  # unpacked: what an old phone must read
    assert (await visitor.get("/static/..%2fchat.py")).status_code == 404


# Without script


async def test_a_form_shows_the_answer_without_script(page: Served, visitor: httpx.AsyncClient) -> None:
    form = _form_of((await visitor.get("/chat/ovop-blitar")).text)
    answer = await visitor.post("/chat/messages", data=form | {"text": "halo <b>"}, follow_redirects=True)
    assert answer.url.path == "/chat/ovop-blitar"
    assert "halo &lt;b&gt;" in answer.text
    assert "<b>Terima kasih.</b> text: halo" in answer.text
    assert re.search(r'name="tapped" value="\w+\.0"', answer.text)


async def test_a_menu_word_and_a_key_work_without_script(page: Served, visitor: httpx.AsyncClient) -> None:
    form = _form_of((await visitor.get("/chat")).text)
    await visitor.post("/chat/messages", data=form | {"text": "", "say": "status"})
    form = _form_of((await visitor.get("/chat")).text)
    await visitor.post("/chat/messages", data=form | {"text": "", "tapped": "1a.1"})
    said = [arrived.incoming for arrived in page.house.arrived]
    assert [(one.text, one.tapped) for one in said if one] == [("status", ""), ("", "1a.1")]


async def test_an_empty_form_comes_back_with_a_sentence(visitor: httpx.AsyncClient) -> None:
    form = _form_of((await visitor.get("/chat")).text)
    answer = await visitor.post("/chat/messages", data=form | {"text": " "})
    assert answer.status_code == 422
    assert "Pesannya masih kosong" in answer.text
    assert 'id="compose"' in answer.text


async def test_photos_can_be_sent_without_script(page: Served, visitor: httpx.AsyncClient) -> None:
    form = _form_of((await visitor.get("/chat")).text)
    page.house.answers = False
    files = [("photo", ("depan.jpg", JPEG)), ("photo", ("label.jpg", JPEG + b"2"))]
    page.house.leaving = True  # nobody answers, so nothing is waited for
    answer = await visitor.post("/chat/photos", data={"key": form["key"]}, files=files)
    assert answer.status_code == 303
    assert [data for data, _, _ in page.house.uploads.values()] == [JPEG, JPEG + b"2"]


def _form_of(text: str) -> dict[str, str]:
    form = text[text.index('id="compose"') :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))


async def _upload(visitor: httpx.AsyncClient, data: bytes, name: str = "depan.jpg") -> httpx.Response:
    return await visitor.post(
        "/chat/photos", data={"key": KEY}, files={"photo": (name, data)}, headers={"accept": "application/json"}
    )


async def _stream(
    visitor: httpx.AsyncClient, rows: int, headers: dict[str, str] | None = None
) -> list[tuple[str, dict[str, object]]]:
    found: list[tuple[str, dict[str, object]]] = []
    event = ""
    async with visitor.stream("GET", "/chat/events", headers=headers) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("id: "):
                event = line.removeprefix("id: ")
            elif line.startswith("data: {"):
                found.append((event, json.loads(line.removeprefix("data: "))))
                if len(found) == rows:
                    break
    return found


async def _until_data(lines: AsyncIterator[str]) -> AsyncIterator[str]:
    async for line in lines:
        yield line
        if line.startswith("data:"):
            return
