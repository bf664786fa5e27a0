# What the operator reads in the terminal, and the commands that Telegram lists.
console-started = Sambang is running. Web chat: { $url }
console-no_telegram = Telegram is off: write SAMBANG_TELEGRAM_TOKEN into .env (see .env.example).
console-no_whatsapp = WhatsApp comes with the next release: what SAMBANG_WHATSAPP_ says is not used yet.
console-next = The first officer: sambang officer add NAME
telegram-command_daftar = Register a product
telegram-command_status = See the curation status
telegram-command_sertifikat = Certificates of a product
telegram-command_menu = All choices
telegram-command_bantuan = How to use this
telegram-command_petugas = Talk to an officer
telegram-command_bahasa = Change the language
telegram-command_berhenti = Stop receiving messages
