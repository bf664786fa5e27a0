# First words. The greeting is of the hour; in some programmes it is said in the language of the place.
welcome-greeting-id-morning = Good morning
welcome-greeting-id-noon = Good day
welcome-greeting-id-afternoon = Good afternoon
welcome-greeting-id-night = Good evening
welcome-greeting-jv-morning = Sugeng enjing
welcome-greeting-jv-noon = Sugeng siang
welcome-greeting-jv-afternoon = Sugeng sonten
welcome-greeting-jv-night = Sugeng dalu
welcome-greeting-su-morning = Wilujeng enjing
welcome-greeting-su-noon = Wilujeng siang
welcome-greeting-su-afternoon = Wilujeng sonten
welcome-greeting-su-night = Wilujeng wengi

welcome-first = { $greeting }. I am { $bot }, assistant of { $program }. I can register your product and tell how its curation goes. Tap a button, or type *1* to register.
welcome-back = { $greeting }, { $name }. What can I do for you?
welcome-unfinished = { $greeting }. { $form } is not finished yet. Shall we go on?
welcome-menu = Something else
welcome-continue = Continue
