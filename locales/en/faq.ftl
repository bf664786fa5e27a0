# Questions that people ask back, answered in 20 words; the open question follows (dialogue.md rule 12).
faq-cost = It is free. { $program } never asks for money, a PIN or an OTP code.
faq-safe = It is safe. Only { $dinas } uses the data. We never ask for money, a PIN or an ID card.
faq-why = So that your product is on record, curated, mentored, and known to buyers.
faq-who = I am { $bot }, assistant of { $program } by { $dinas }. Officers read along.
faq-long = About five minutes. You may stop in between, your answers are kept.
faq-catalogue = The catalogue is a page for buyers: photo, product name and village. It is free. You may say no.
