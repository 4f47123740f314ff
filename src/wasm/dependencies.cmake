# The libraries of the compiler, where it is built for WebAssembly: Debian has them for its own processors only, so they
# come from its sources, which src/wasm/build lays into FAROL_SOURCES. Headers that need no build are those of the system,
# linked one by one, since the other headers of /usr/include are those of another system.
set(FAROL_SOURCES ${CMAKE_BINARY_DIR}/sources CACHE PATH "Where the sources of the libraries are")

# What this build has not: what runs other programs, libgit2, and workbooks. src/wasm/left_out.cpp stands in for it.
set(FAROL_LEFT_OUT "process|revision|tree_files|no_network|workbook|render_xlsx")

add_compile_options(-fwasm-exceptions)
add_link_options(-fwasm-exceptions)

set(system ${CMAKE_BINARY_DIR}/include)
file(MAKE_DIRECTORY ${system})
foreach(header fmt nlohmann utf8cpp)
  if(NOT EXISTS /usr/include/${header})
    message(FATAL_ERROR "/usr/include/${header} is not there: see .ci/packages and .ci/full-packages")
  endif()
  file(CREATE_LINK /usr/include/${header} ${system}/${header} SYMBOLIC)
endforeach()

# farol_source(<variable> <folder…>): the folder of a source package, whatever its version is.
function(farol_source variable)
  file(GLOB found LIST_DIRECTORIES true ${FAROL_SOURCES}/${ARGV1}-[0-9]*)
  list(FILTER found EXCLUDE REGEX "\\.(dsc|xz|gz|asc)$")
  list(LENGTH found count)
  if(NOT count EQUAL 1)
    message(FATAL_ERROR "the source of ${ARGV1} is not in ${FAROL_SOURCES}: src/wasm/build brings it")
  endif()
  set(${variable} ${found} PARENT_SCOPE)
endfunction()

add_library(fmt INTERFACE)
target_include_directories(fmt SYSTEM INTERFACE ${system})
target_compile_definitions(fmt INTERFACE FMT_HEADER_ONLY)
add_library(fmt::fmt ALIAS fmt)
add_library(nlohmann_json INTERFACE)
target_include_directories(nlohmann_json SYSTEM INTERFACE ${system})
add_library(nlohmann_json::nlohmann_json ALIAS nlohmann_json)

farol_source(folder utf8proc)
enable_language(C)
add_library(wasm_utf8proc STATIC ${folder}/utf8proc.c)
target_include_directories(wasm_utf8proc SYSTEM PUBLIC ${folder})
target_compile_definitions(wasm_utf8proc PUBLIC UTF8PROC_STATIC)
add_library(PkgConfig::utf8proc ALIAS wasm_utf8proc)

farol_source(folder libcsv)
add_library(wasm_csv STATIC ${folder}/libcsv.c)
set(FAROL_CSV_INCLUDE ${folder})
set(FAROL_CSV_LIBRARY wasm_csv)

# Of nettle only SHA-256 and base64. Its headers are named as they are installed, and what `configure` would find is written here.
farol_source(folder nettle)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/nettle-include)
file(CREATE_LINK ${folder} ${CMAKE_BINARY_DIR}/nettle-include/nettle SYMBOLIC)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/nettle-config/config.h CONTENT "#define HAVE_STDLIB_H 1\n")
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/nettle-config/version.h CONTENT "")
add_library(wasm_nettle STATIC ${folder}/sha256.c ${folder}/sha256-compress.c ${folder}/write-be32.c
  ${folder}/base64-decode.c)
target_include_directories(wasm_nettle SYSTEM
  PUBLIC ${CMAKE_BINARY_DIR}/nettle-include PRIVATE ${CMAKE_BINARY_DIR}/nettle-config)
target_compile_definitions(wasm_nettle PRIVATE HAVE_CONFIG_H)
add_library(PkgConfig::nettle ALIAS wasm_nettle)

farol_source(folder antlr4-cpp-runtime)
set(ANTLR4_INCLUDE ${folder}/runtime/src)
file(GLOB_RECURSE sources ${ANTLR4_INCLUDE}/*.cpp)
add_library(wasm_antlr STATIC ${sources})
target_include_directories(wasm_antlr SYSTEM PUBLIC ${ANTLR4_INCLUDE} PRIVATE ${system}/utf8cpp)
target_compile_options(wasm_antlr PRIVATE -w)
# The runtime is of that time, and its headers declare other functions for a later standard.
set_target_properties(wasm_antlr PROPERTIES CXX_STANDARD 14 UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 200)
set(ANTLR4_RUNTIME wasm_antlr)

foreach(absent libzip expat xlsxwriter)
  add_library(wasm_no_${absent} INTERFACE)
  add_library(PkgConfig::${absent} ALIAS wasm_no_${absent})
endforeach()
