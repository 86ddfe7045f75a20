package share

import "testing"

// Linux knows names that are no text, and JSON does not.
func TestTrashKeepsNamesThatAreNoText(t *testing.T) {
	const name, id = "in/\xff\xfe.txt", "aaaaaaaaaaaaaaaaaaaaaa"
	f := opened(t, Options{}, map[string]string{name: "a"})
	if err := f.Writer().Trash(name, id); err != nil {
		t.Fatal(err)
	}
	if was, err := f.Writer().Trashed(id); was != name || err != nil {
		t.Errorf("%q was in the trash, %v", was, err)
	}
	if err := f.Writer().Restore(id, name); err != nil {
		t.Fatal(err)
	}
	wantContent(t, f, name, "a")
}
