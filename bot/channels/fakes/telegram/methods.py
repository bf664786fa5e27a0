"""The methods of the Bot API that we use, as the platform keeps them. A method takes (world, fields, uploads)."""

import json
from collections.abc import Awaitable, Callable, Mapping
from io import BytesIO
from typing import Any

from bot.channels.fakes.telegram.deliveries import DEFAULT_TYPES, Webhook
from bot.channels.fakes.telegram.ledger import Chat, Message
from bot.channels.fakes.telegram.rules import (
    MAX_CAPTION,
    MAX_TEXT,
    RefusedCall,
    bad_request,
    checked_album,
    checked_commands,
    checked_markup,
    checked_secret,
    checked_text,
    checked_webhook_url,
)
from bot.channels.fakes.telegram.world import World

__all__ = ["METHODS", "Fields", "Uploads"]

Fields = Mapping[str, Any]
Uploads = Mapping[str, bytes]

PHOTO_BYTES = 10 * 1024 * 1024
DOCUMENT_BYTES = 50 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024
PHOTO_SIDES = 10_000  # width + height
PHOTO_RATIO = 20
CALLBACK_SECONDS = 150
ANSWER_TEXT = 200
LONGEST_POLL = 50
_ACTIONS = frozenset({"typing", "upload_photo", "upload_document", "find_location", "record_voice", "upload_voice"})


# --- messages


async def send_message(world: World, fields: Fields, _: Uploads) -> Any:
    chat = world.target(fields.get("chat_id"))
    text = checked_text(fields.get("text", ""), fields.get("parse_mode", ""), limit=MAX_TEXT, what="message text")
    if not text:
        raise bad_request("message text is empty")
    markup = checked_markup(fields.get("reply_markup"), chat.id)
    world.rates.take(chat)
    message = world.post(chat, text=text, html=fields["text"], markup=markup)
    world.changed(chat)
    return world.message_json(message)


async def send_photo(world: World, fields: Fields, uploads: Uploads) -> Any:
    chat = world.target(fields.get("chat_id"))
    caption = _caption(fields)
    markup = checked_markup(fields.get("reply_markup"), chat.id)
    photo = _checked_photo(_content(world, fields.get("photo"), uploads, "photo"))
    world.rates.take(chat)
    message = world.post(chat, text=caption, html=fields.get("caption", ""), photos=(photo,), markup=markup)
    world.changed(chat)
    return world.message_json(message)


async def send_document(world: World, fields: Fields, uploads: Uploads) -> Any:
    chat = world.target(fields.get("chat_id"))
    caption = _caption(fields)
    markup = checked_markup(fields.get("reply_markup"), chat.id)
    document = _content(world, fields.get("document"), uploads, "document")
    if len(document) > DOCUMENT_BYTES:
        raise RefusedCall(413, "Request Entity Too Large")
    world.rates.take(chat)
    message = world.post(chat, text=caption, html=fields.get("caption", ""), markup=markup)
    world.changed(chat)
    file = world.store(document, suffix="bin")
    described = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}
    answer = world.message_json(message)
    del answer["text"]
    return {**answer, "caption": caption, "document": described}


async def send_media_group(world: World, fields: Fields, uploads: Uploads) -> Any:
    chat = world.target(fields.get("chat_id"))
    items = checked_album(fields.get("media"))
    captions = [_caption(item) for item in items]
    photos = [_checked_photo(_content(world, item.get("media"), uploads, "media")) for item in items]
    if fields.get("reply_markup"):
        raise bad_request("an album cannot have a reply markup")
    world.rates.take(chat, len(items))
    album = str(world.message_id())
    sent = [
        world.post(chat, text=caption, html=item.get("caption", ""), photos=(photo,), album=album)
        for item, caption, photo in zip(items, captions, photos, strict=True)
    ]
    world.changed(chat)
    return [world.message_json(message) for message in sent]


async def edit_message_text(world: World, fields: Fields, _: Uploads) -> Any:
    chat, message = _own_message(world, fields)
    if message.photos:
        raise bad_request("there is no text in the message to edit")
    text = checked_text(fields.get("text", ""), fields.get("parse_mode", ""), limit=MAX_TEXT, what="message text")
    if not text:
        raise bad_request("message text is empty")
    return _rewritten(world, chat, message, text=text, markup=checked_markup(fields.get("reply_markup"), chat.id))


async def edit_message_reply_markup(world: World, fields: Fields, _: Uploads) -> Any:
    chat, message = _own_message(world, fields)
    markup = checked_markup(fields.get("reply_markup"), chat.id)
    return _rewritten(world, chat, message, text=message.text, markup=markup)


async def send_chat_action(world: World, fields: Fields, _: Uploads) -> Any:
    world.target(fields.get("chat_id"))
    if fields.get("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


async def answer_callback_query(world: World, fields: Fields, _: Uploads) -> Any:
    tap = world.taps.get(str(fields.get("callback_query_id")))
    if tap is None or tap.answered or world.now() - tap.at > CALLBACK_SECONDS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(fields.get("text", "")) > ANSWER_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    tap.answered = True
    return True


def _caption(fields: Fields) -> str:
    return checked_text(
        fields.get("caption", ""), fields.get("parse_mode", ""), limit=MAX_CAPTION, what="message caption"
    )


def _own_message(world: World, fields: Fields) -> tuple[Chat, Message]:
    chat = world.target(fields.get("chat_id"))
    message = chat.message(int(fields.get("message_id", 0)))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot or (message.markup and "inline_keyboard" not in message.markup):
        raise bad_request("message can't be edited")  # only those without a markup, or with an inline keyboard
    return chat, message


def _rewritten(world: World, chat: Chat, message: Message, *, text: str, markup: dict[str, Any]) -> Any:
    if (text, markup) == (message.text, message.markup):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    new = chat.rewrite(message, text=text, markup=markup, edited=True)
    world.changed(chat)
    return world.message_json(new)


def _content(world: World, named: object, uploads: Uploads, field: str) -> bytes:
    """The bytes of an upload, or of a file that the platform knows by its id."""
    if isinstance(named, str) and named.startswith("attach://"):
        field, named = named.removeprefix("attach://"), None
    if named is None:
        if field not in uploads:
            raise bad_request(f"there is no {field} in the request")
        return uploads[field]
    if named not in world.files:
        raise bad_request("wrong remote file identifier specified: Wrong string length")
    return world.files[str(named)].data


def _checked_photo(data: bytes) -> bytes:
    from PIL import Image, UnidentifiedImageError

    if len(data) > PHOTO_BYTES:
        raise bad_request("file is too big")
    try:
        width, height = Image.open(BytesIO(data)).size
    except UnidentifiedImageError as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    if width + height > PHOTO_SIDES or max(width, height) > PHOTO_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return data


# --- files


async def get_file(world: World, fields: Fields, _: Uploads) -> Any:
    file = world.files.get(str(fields.get("file_id")))
    if file is None:
        raise bad_request("invalid file_id")
    if file.gone:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


# --- updates and the account


async def get_me(world: World, _: Fields, __: Uploads) -> Any:
    return {**world.me, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}


async def get_updates(world: World, fields: Fields, _: Uploads) -> Any:
    _allow(world, fields)
    offset, limit = int(fields.get("offset", 0)), int(fields.get("limit", 100))
    timeout = min(float(fields.get("timeout", 0)), LONGEST_POLL)
    return await world.deliveries.poll(offset, min(max(limit, 1), 100), timeout)


async def set_webhook(world: World, fields: Fields, _: Uploads) -> Any:
    if not fields.get("url"):
        return await delete_webhook(world, fields, _)
    connections = int(fields.get("max_connections", 40))
    if not 1 <= connections <= 100:
        raise bad_request("max_connections must be 1-100")
    webhook = Webhook(checked_webhook_url(fields["url"]), checked_secret(fields.get("secret_token", "")), connections)
    _allow(world, fields)
    _drop(world, fields)
    await world.deliveries.push_to(webhook)
    return True


async def delete_webhook(world: World, fields: Fields, _: Uploads) -> Any:
    _drop(world, fields)
    await world.deliveries.push_to(None)
    return True


async def get_webhook_info(world: World, _: Fields, __: Uploads) -> Any:
    webhook = world.deliveries.webhook
    info = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": world.deliveries.waiting,
        "allowed_updates": sorted(world.deliveries.types),
    }
    if webhook:
        info["max_connections"] = webhook.connections
    if webhook and webhook.last_error:
        info |= {"last_error_message": webhook.last_error, "last_error_date": int(world.now())}
    return info


async def set_my_commands(world: World, fields: Fields, _: Uploads) -> Any:
    world.commands[fields.get("language_code", "")] = checked_commands(fields.get("commands"))
    return True


def _allow(world: World, fields: Fields) -> None:
    """Omitted: the previous setting stays. Empty: the default."""
    allowed = fields.get("allowed_updates")
    if allowed is None:
        return
    types = json.loads(allowed) if isinstance(allowed, str) else allowed
    world.deliveries.types = frozenset(types) or DEFAULT_TYPES


def _drop(world: World, fields: Fields) -> None:
    if str(fields.get("drop_pending_updates", "")).lower() == "true":
        world.deliveries.drop()


METHODS: Mapping[str, Callable[[World, Fields, Uploads], Awaitable[Any]]] = {
    name.lower(): method
    for name, method in {
        "getMe": get_me,
        "getUpdates": get_updates,
        "setWebhook": set_webhook,
        "deleteWebhook": delete_webhook,
        "getWebhookInfo": get_webhook_info,
        "setMyCommands": set_my_commands,
        "sendMessage": send_message,
        "sendPhoto": send_photo,
        "sendDocument": send_document,
        "sendMediaGroup": send_media_group,
        "sendChatAction": send_chat_action,
        "editMessageText": edit_message_text,
        "editMessageReplyMarkup": edit_message_reply_markup,
        "answerCallbackQuery": answer_callback_query,
        "getFile": get_file,
    }.items()
}
