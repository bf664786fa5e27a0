# Menu numbers are fixed (domain.md 6.1). A line is shown only where its entry exists.
menu-title = *Menu*. Type the number, or tap a button.
menu-line = *{ $number }* { $entry }
menu-register = Register a product
menu-status = Check curation status
menu-photo = Product photos
menu-certificates = Certificates
menu-profile = My data
menu-human = Talk to an officer
menu-button-register = Register
menu-button-status = Check status
menu-button-photo = Product photos
menu-button-certificates = Certificates
menu-button-profile = My data
menu-button-human = Officer
menu-help = Type *MENU* for the choices, *BACK* for the question before, *CANCEL* to leave a form. *STOP* ends our messages. Bahasa Indonesia? Type *INDONESIA*.
