// Package settings is what the window remembers from one start to the next.
//
// A [Store] is one file of keys and values. The keys are typed:
//
//	port := settings.Port.Get(store)
//	settings.Port.Set(store, 8001)
//
// What takes more than one key, or comes from the server, has methods of the
// store. Nothing here may be missed if it is lost.
package settings
