# Announcements: the officer's form, and the frame that everybody reads.
broadcast-title = Announcement
broadcast-text = What do you announce? Write one message of at most 800 letters.
broadcast-text-label = Announcement
broadcast-go = { $text }

    It goes to *{ $count }* { $count ->
        [one] person
       *[other] people
    } ({ $channels }). { $left_out ->
        [0] { "" }
        [one] { $left_out } is left out: no consent, stopped, or out of reach.{" "}
       *[other] { $left_out } are left out: no consent, stopped, or out of reach.{" "}
    }Send it now?
broadcast-go-yes = Send
broadcast-go-no = Cancel
broadcast-go-label = Send
broadcast-go-ended = All right, it is not sent.
broadcast-channel = { $channel } { $count }
broadcast-on-telegram = Telegram
broadcast-on-webchat = web chat
broadcast-on-whatsapp = WhatsApp
broadcast-nobody = There is nobody yet to whom announcements may go.
broadcast-too_often = { $most ->
    [one] There was { $most } announcement
   *[other] There were { $most } announcements
    } within 7 days, and we promised no more. Please try later. Very important? Type *SIARAN PENTING*.
broadcast-started = ✅ The announcement is on its way. Type */siaran* to see how far it is. We tell you when it is done.
broadcast-progress = The announcement is on its way: { $sent } of { $all } sent, { $waiting } waiting.
broadcast-done = The announcement is done: { $sent } of { $all } sent, { $unsure } uncertain, { $not_sent } not sent.
broadcast-stopped = The announcement was stopped: { $sent } of { $all } sent.
broadcast-button-look = Look again
broadcast-button-stop = Stop it
broadcast-frame = *Announcement of { $program }*
    { $text }
    — { $dinas }. Answer *STOP PENGUMUMAN* if you want no more announcements.
