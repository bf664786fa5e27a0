# The web chat's page. { $name } is the bot's name, { $unit } the programme's word for village.
webchat-title = Chat · { $name }
webchat-promise = Register your { $unit } product in a chat.
webchat-lead = Answer a few short questions and send photos. Stop whenever you like; your answers are kept and you can go on later.
webchat-office = The officers' chat
webchat-office-lead = Type *MENU* to see all tasks.
webchat-step-consent = Consent to keep your data
webchat-step-consent-note = 2 taps
webchat-step-person = Name and { $unit }
webchat-step-person-note = about 1 minute
webchat-step-product = Product, kind, price
webchat-step-product-note = about 2 minutes
webchat-step-photos = Product photos
webchat-step-photos-note = 1 to 5 photos
webchat-step-check = Check and send
webchat-step-check-note = about 1 minute
webchat-safety = Free. We never ask for money, a PIN, an OTP code or a photo of your ID card.
webchat-elsewhere = Prefer another app?
webchat-on-whatsapp = Go on in WhatsApp
webchat-on-telegram = Go on in Telegram

webchat-conversation = Conversation
webchat-connected = connected · answers at once
webchat-connecting = connecting…
webchat-offline = line lost · messages kept
webchat-plain = without script · reload for answers
webchat-reload = Reload
webchat-progress = { $n } of { $of } · saved
webchat-lost-first = The line is lost.
webchat-lost = Your messages are safe and go out by themselves.
webchat-today = Today, { $date }
webchat-begin = Start
webchat-newer = New message

webchat-menu = Menu
webchat-word-menu = menu
webchat-word-menu-note = everything you can do
webchat-word-status = status
webchat-word-status-note = what became of your product
webchat-word-help = help
webchat-word-help-note = how this chat works
webchat-word-human = officer
webchat-word-human-note = talk to a person
webchat-word-stop = stop
webchat-word-stop-note = no more messages
webchat-word-back = back
webchat-word-cancel = cancel

webchat-write = Write a message
webchat-write-phone = Phone number, such as 0820 0000 0001
webchat-send = Send
webchat-send-photo = Send a photo
webchat-hint = Type *{ webchat-word-back }*, *{ webchat-word-cancel }* or *{ webchat-word-human }* at any time

webchat-photo = Photo
webchat-own-photo = A photo that you sent
webchat-document = File
webchat-sending = sending · { $done } of { $total } kB
webchat-waiting = waiting its turn
webchat-state-queued = waiting to be sent
webchat-state-sent = saved
webchat-state-read = read
webchat-state-failed = not sent

webchat-empty = The message is empty. Please write something or send a photo.
webchat-too-long = The message is too long. Please send it in several parts.
webchat-too-large = The file is too large, at most 20 MB. Please send a smaller photo.
webchat-no-photo = The photo did not come along. Please choose it once more.
webchat-bad-post = That message cannot be read. Please reload this page and try again.
webchat-no-chat = This chat has not been opened on this phone. Please reload the page.
webchat-elsewhere-origin = That message did not come from this chat page.
webchat-unavailable = Sorry, there is a disturbance. Your message is sent again by itself.
webchat-no-programme = There is no such programme here.
webchat-no-programme-note = Please check the address of the page, or start from the beginning.
webchat-to-chat = Open the chat

# The chat in a terminal
webchat-talk-silent = Sambang does not answer: { $cause }
