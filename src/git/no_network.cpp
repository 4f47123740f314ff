// Farol reads repositories on disk and opens no connection. These are the functions by which a static libgit2 reaches
// its parts that talk to other machines. Defined here, they keep those parts, and with them mbed TLS, libssh2 and
// Kerberos, out of the program: see docs/decisions/0010-revisions.md. They are named as in libgit2's own sources, and
// return its code for an error, or 0 where something would be initialised.
extern "C" {

int git_transport_ssh_global_init();
int git_transport_ssh_global_init() { return 0; }
int git_mbedtls_stream_global_init();
int git_mbedtls_stream_global_init() { return 0; }

#define FAROL_NO_NETWORK(name)               \
  int name(void*, const void*, const void*); \
  int name(void*, const void*, const void*) { return -1; }

FAROL_NO_NETWORK(git_mbedtls__set_cert_location)
FAROL_NO_NETWORK(git_mbedtls_stream_new)
FAROL_NO_NETWORK(git_mbedtls_stream_wrap)
FAROL_NO_NETWORK(git_http_auth_negotiate)
FAROL_NO_NETWORK(git_smart_subtransport_ssh)
FAROL_NO_NETWORK(git_transport_ssh_with_paths)

#undef FAROL_NO_NETWORK
}
