package words

// Error is an error for a person: its text is a sentence in the person's
// language. The cause, in the words of the system, is for developers.
type Error struct {
	Text string
	Err  error
}

// Error returns the sentence.
func (e *Error) Error() string { return e.Text }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
