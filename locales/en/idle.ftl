# What is said while no form is open.
idle-unknown_1 = Sorry, I do not understand yet.
idle-unknown_2 = Sorry, I still do not understand. Try typing just the number.
idle-offer_human = Shall I connect you to an officer?
idle-human = Yes, an officer
idle-menu = Menu
idle-old_button = That button is no longer in use.
idle-gone = The form from before is no longer in use. Sorry about that.
idle-nothing_open = Nothing is left unfinished. Type *MENU* to see what you can do.
idle-voice = Thank you, we have kept your voice message. An officer will listen to it.
idle-document = Thank you, we have kept your file. An officer will look at it.
error = Sorry, something went wrong. Your answers are *safe*. Please try again in a moment, or type *MENU*.
nik = We do not need your ID card number and do not keep it. Please delete that message.
