# General sentences of a conversation, used by all forms. An asterisk on both sides = bold.

## Place and summary
engine-topic = ({ $n } of { $total }) { $text }
engine-summary_line = { $label }: *{ $value }*
engine-empty = –
engine-answer = Answer
engine-photos = { $n ->
    [one] { $n } photo
   *[other] { $n } photos
    }
engine-files = { $n ->
    [one] { $n } file
   *[other] { $n } files
    }
engine-about = about { $amount }
engine-price_per = { $amount } per { $unit }
engine-price_pack = { $amount } for { $pack } { $unit }
engine-per_day = { $amount } a day
engine-per_week = { $amount } a week
engine-per_month = { $amount } a month
engine-per_year = { $amount } a year

## Moving about in a form
engine-resumed = Let us go on.
engine-go_on = All right, let us go on.
engine-kept = All right, the earlier answer stays.
engine-back = Back to the question before. Your answer was *{ $value }*.
engine-first = This is the first question.
engine-was = { $label } as noted: *{ $value }*.
engine-corrected = ✅ Changed. { $label }: *{ $value }*.
engine-known = Noted already. { $label }: *{ $value }*.
engine-nothing_to_edit = There is no answer yet that could be changed.
engine-edited = If an answer is wrong, type *CHANGE*.
engine-gone = The question from before is no longer asked.
engine-old_button = That button no longer works.
engine-type_phone = Just write the number here.
engine-this_first = This question first, then the check again.
engine-cancelled = All right, we stop here. Your answers are kept. Type *CONTINUE* to go on.
engine-retype = All right. Please write it once more.
engine-more = ✅ Received. Send another, or type *DONE*.

## Just friendly
engine-nothing = Yes, we are here.
engine-sticker = 🙏
engine-greet = Warm greetings. Let us go on.
engine-thanks = You are welcome.
engine-other = We cannot open that message yet.
engine-video = We cannot take videos yet. A photo, please.
engine-location = Thank you for the place, but we do not need it yet.
engine-voice = Thank you, your voice message is kept. An officer will listen. If you can, please write it too.
engine-voice_choose = Your voice message is kept. To be sure, please choose or type the number.
engine-kept_photo = Thank you, we keep the photo.
engine-kept_document = Thank you, we keep the file.
engine-kept_voice = Thank you, we keep the voice message.

## Not understood: first what is missing (reject), then these, then an officer
engine-choose = Press one of the buttons, or just type its number:
engine-write_short = Sorry, we could not read that. A few short words will do.
engine-offer_human = Shall I connect you to an officer?

reject-write = Please answer in writing.
reject-letters = Please write it in letters.
reject-choose = Sorry, I did not understand the choice.
reject-unclear = Sorry, I did not understand.
reject-needed = This question needs an answer first.
reject-too_short = That is still too short.
reject-too_long = That is too long.
reject-nik = We do not need identity card numbers and do not keep them. Better delete that message.
reject-zero = The number cannot be zero.
reject-negative = The number cannot be less than zero.
reject-no_village = We could not find that village.
reject-no_phone = We do not know your number yet.
reject-too_many = That is enough, at most { $most ->
    [one] { $most } photo
   *[other] { $most } photos
    }.
reject-too_few = We need { $fewest ->
    [one] { $fewest } photo
   *[other] { $fewest } photos
    }, { $have } came so far.
reject-photo = Here we wait for a photo.
reject-number = Send a photo of it, or type the number.
reject-not_id = That is not an Indonesian mobile number.
reject-landline = That is a landline. We need a mobile number.
reject-no_such_date = There is no such date.
reject-no_such_time = There is no such time.
reject-no_time = The time is missing.

doubt-which = Which one?
doubt-sure = Do you mean *{ $value }*?
doubt-village = *{ $value }*, is that right?
doubt-merged = So it is *{ $value }*?
doubt-unusual = The number *{ $value }* looks unusual. Use it anyway?
doubt-field = Which one shall we change?

## Buttons
button-yes = Yes
button-no = No
button-yes_right = Yes, right
button-no_other = No
button-none_of_these = None of these
button-never_mind = Never mind
button-explain = Explain first
button-right = All correct
button-wrong = Something is wrong
button-done = Done
button-skip = Skip
button-continue = Continue
button-menu = Menu
button-share_phone = Send my phone number
button-keep = Leave it
button-human = Officer
button-yes_human = Yes, an officer
button-no_go_on = No, go on
