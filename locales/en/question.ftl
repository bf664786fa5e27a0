question-text = All right, an officer will answer here in office hours ({ $hours }). Please write your question. Example: When will my product be looked at?
question-kept = ✅ Handed on to the officers. They answer in office hours ({ $hours }).
