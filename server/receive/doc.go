// Package receive takes in files: whole or not at all, never over another
// file unless that is asked for, under names that do no harm.
//
// A [Receiver] takes a file in one go ([Receiver.Put]), or in pieces that may
// be days and restarts apart ([Receiver.Begin] to [Receiver.Append], which is
// what tus asks for). It decides about names, room and order; the disk is the
// business of package share. What was begun is remembered on the disk alone,
// beside the file, so that nothing is lost with the program.
//
// The package knows no HTTP, and does not ask who may write: its caller does,
// and is asked again and again while bytes come in.
package receive
