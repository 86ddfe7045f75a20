package receive

// Discard deletes for good a file, or an empty folder, that a request has just
// brought in and could not go on with. It no longer counts then.
func (r *Receiver) Discard(name string) {
	f, err := r.folder.Open(name)
	if err != nil {
		return
	}
	size := int64(0)
	if !f.IsDir() {
		size = f.Size()
	}
	f.Close()
	if r.writer.Remove(name) {
		r.quota.refund(size)
		r.quota.dropFile()
	}
}
