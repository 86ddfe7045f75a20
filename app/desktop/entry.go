package desktop

// EntryError says that an entry of the desktop could not be written or removed.
type EntryError struct {
	Path string // of the file or registry key
	Err  error
}

// Error returns a sentence for a person.
func (e *EntryError) Error() string {
	return e.Path + " could not be changed. Check that you may change it, and that there is room on the disk."
}

// Sentence returns that sentence as a template, and what to put into it.
func (e *EntryError) Sentence() (template string, data map[string]any) {
	return "{{.Path}} could not be changed. Check that you may change it, and that there is room on the disk.", map[string]any{"Path": e.Path}
}

// Unwrap returns the system's own error.
func (e *EntryError) Unwrap() error { return e.Err }

// entryError returns nil if err is nil.
func entryError(path string, err error) error {
	if err == nil {
		return nil
	}
	return &EntryError{path, err}
}
