// Package kit has the widgets, layouts, colours and icons of the window: what
// any Fyne program could use. It knows neither a share nor a server; what a
// widget means is said by the functions that it is given.
//
// All of it is used on Fyne's goroutine, except where a function says otherwise.
package kit
