// Package reach finds out what may keep devices from a port of this computer, as
// far as the computer itself can tell: whether its own address answers, and
// whether a firewall is on that would drop incoming connections.
//
// [Look] changes nothing, needs no rights that the program does not have, and
// sends nothing to the network. Only [Allow] changes a firewall, if the owner
// wants that and the system allows it.
//
// Rules of nftables are read from the output of nft(8), since
// github.com/google/nftables (v0.3.0) returns them as programs of the kernel's
// virtual machine. The firewalls of distributions, macOS and Windows have no
// module that covers them.
package reach
