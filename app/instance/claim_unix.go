//go:build unix && !linux

package instance

func (i *Instance) claim(folder string) (first bool, err error) { return i.claimSocket(folder) }
