# Linked as an archive, without the parts of libgit2 that talk to other machines, the program needs none of the sixteen
# shared libraries that libgit2.so brings: they would double the time of `farol version`. The archives are those that
# Debian's libgit2-dev brings. Where there are none, the shared library will do.
pkg_check_modules(libgit2 REQUIRED IMPORTED_TARGET libgit2)
set(archives)
foreach(name git2 mbedcrypto http_parser pcre2-8 z)
  find_library(FAROL_ARCHIVE_${name} lib${name}.a HINTS ${libgit2_LIBRARY_DIRS})
  list(APPEND archives ${FAROL_ARCHIVE_${name}})
endforeach()
set(is_static OFF)
if(libgit2_VERSION VERSION_GREATER_EQUAL 1.5 AND libgit2_VERSION VERSION_LESS 1.6 AND NOT "${archives}" MATCHES "NOTFOUND")
  set(is_static ON)
endif()
option(FAROL_STATIC_LIBGIT2 "Link libgit2 as an archive, without its network" ${is_static})

if(NOT FAROL_STATIC_LIBGIT2)
  set(archives PkgConfig::libgit2)
  list(FILTER sources EXCLUDE REGEX "/no_network\\.cpp$")
endif()
