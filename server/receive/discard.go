package receive

// Discard deletes for good a file, or an empty folder, that a request has just
// brought in and could not go on with. It no longer counts then. What another
// device has put in its place meanwhile stays.
func (r *Receiver) Discard(at Placed) {
	f, err := r.folder.Open(at.Name)
	if err != nil {
		return
	}
	size := int64(0)
	if !f.IsDir() {
		size = f.Size()
	}
	f.Close()
	if r.writer.Remove(at.Name, at.made) {
		r.quota.refund(size)
		r.quota.dropFile()
	}
}
