# What `sambang demo` prints: who is there, and how to chat as each of them.
demo-started = Sambang runs with examples. Every person, business and number in it is invented. Its data is in { $folder }; delete that folder to begin anew.
demo-producers = Chat as a producer:
demo-producer = { $name }: { $products }
demo-product = { $product } ({ $decision })
demo-officer = Chat as the officer { $name } (type /putuskan, /acara or /siaran):
demo-stranger = Chat as somebody who is not registered yet:
demo-hint = One browser is one person. To watch two of them at once, open the second link in a private window.
