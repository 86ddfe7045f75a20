// Package receive takes in files: whole or not at all, never over another file
// unless that is asked for, and under safe names.
//
// A [Receiver] takes a file in one go ([Receiver.Put]), or in parts that may be
// days and restarts apart ([Receiver.Begin] to [Receiver.Append], as the tus
// protocol needs it). It decides about names, limits and order; package share
// does the writing. What was begun is remembered only on the disk, next to the
// file, so nothing is lost when the program ends.
//
// github.com/tus/tusd (v2.9.1) has neither checksums nor expiration, and queue,
// limits, names and trash would still have to be ours.
//
// The package knows no HTTP. It does not decide who may write: it asks its
// caller, again and again while bytes come in.
package receive
