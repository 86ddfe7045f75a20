// Package traffic knows what is going on: it is the first station of every
// request, keeps a log of the last ones, counts bytes while they move, lists
// the devices that came, and cuts connections that stand still.
//
// It never looks at what is shared, never changes an answer, and never lets a
// request wait for somebody who reads what it recorded.
package traffic
