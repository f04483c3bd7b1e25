// Package bridge gives the packages beside sipward the C objects of its types: a C type of one package
// is another type in the next.
package bridge

import "unsafe"

// PinTrust is the sipward_trust of a *sipward.TrustStore, which is not destroyed before unpin is
// called. Package sipward sets it.
var PinTrust func(store any) (trust unsafe.Pointer, unpin func(), err error)
