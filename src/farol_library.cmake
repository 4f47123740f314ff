set(FAROL_GENERATED_DIR ${PROJECT_BINARY_DIR}/generated)

add_library(farol_warnings INTERFACE)
target_compile_options(farol_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
  -Woverloaded-virtual -Wcast-align -Wcast-qual -Wformat=2 -Wimplicit-fallthrough -Wextra-semi
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wduplicated-branches -Wlogical-op>
  # g++ 12 sees overlaps in concatenations of std::string where there are none (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<BOOL:${FAROL_WERROR}>:-Werror>)

# farol_library(<folder> [SOURCES file…] [DEPENDS folder…] [USES library…])
#
# One static library, farol_<folder>, linked to the folders that it may include and no others, and to the third-party
# libraries that it uses. Without SOURCES it is made of all .cpp files of the folder.
function(farol_library folder)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;USES")
  set(sources ${arg_SOURCES})
  if(NOT sources)
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  endif()

  if(sources)
    add_library(farol_${folder} STATIC ${sources})
    set(scope PUBLIC)
    target_link_libraries(farol_${folder} PRIVATE farol_warnings)
  else()
    add_library(farol_${folder} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(farol_${folder} ${scope} ${PROJECT_SOURCE_DIR}/src ${FAROL_GENERATED_DIR})
  list(TRANSFORM arg_DEPENDS PREPEND farol_)
  target_link_libraries(farol_${folder} ${scope} ${arg_DEPENDS} ${arg_USES})
endfunction()

# farol_archives(<result> <folder>)
#
# The static libraries of a folder and of all that it is linked to.
function(farol_archives result folder)
  set(found)
  set(left farol_${folder})
  while(left)
    list(POP_FRONT left library)
    if(NOT library MATCHES "^farol_" OR NOT TARGET ${library} OR library IN_LIST seen)
      continue()
    endif()
    list(APPEND seen ${library})
    get_target_property(type ${library} TYPE)
    set(property INTERFACE_LINK_LIBRARIES)
    if(type STREQUAL "STATIC_LIBRARY")
      list(APPEND found ${library})
      set(property LINK_LIBRARIES)
    endif()
    get_target_property(linked ${library} ${property})
    if(linked)
      list(APPEND left ${linked})
    endif()
  endwhile()
  set(${result} ${found} PARENT_SCOPE)
endfunction()

# farol_embed(<output> FILES file… FOLDER … HEADER … NAMESPACE … TYPE … FUNCTION …), see embed.cmake.
function(farol_embed output)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FOLDER;HEADER;NAMESPACE;TYPE;FUNCTION" "FILES")
  set(script ${PROJECT_SOURCE_DIR}/src/embed.cmake)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -D OUTPUT=${output} -D "FILES=${arg_FILES}" -D FOLDER=${arg_FOLDER} -D HEADER=${arg_HEADER}
      -D NAMESPACE=${arg_NAMESPACE} -D TYPE=${arg_TYPE} -D FUNCTION=${arg_FUNCTION} -P ${script}
    DEPENDS ${arg_FILES} ${script}
    VERBATIM)
endfunction()
