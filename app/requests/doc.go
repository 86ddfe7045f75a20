// Package requests is the panel that shows the log of requests: the list with its
// rows and columns, the filter, pausing, copying and saving.
//
// The log may have ten thousand requests and change several times a second.
// [Panel.Show] therefore costs as much as there is new in it: lines keeps what
// matches the filter, and list draws only the rows that can be seen.
package requests
