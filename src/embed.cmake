# Writes OUTPUT: a function that returns FILES, a list of text files, as text.
#   HEADER     declares it, and the TYPE of its entries: a name and a text
#   NAMESPACE, TYPE, FUNCTION
#   FOLDER     the names are those of the files from here on, without the ending .farol or .md
set(entries "")
foreach(path IN LISTS FILES)
  file(RELATIVE_PATH name ${FOLDER} ${path})
  string(REGEX REPLACE "\\.(farol|md)$" "" name ${name})
  file(READ ${path} text)
  if(text MATCHES "\\)farol\"")
    message(FATAL_ERROR "${path} contains the characters that end a raw string here: )farol\"")
  endif()
  string(APPEND entries "    {\"${name}\"sv, R\"farol(${text})farol\"sv},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"${HEADER}\"

namespace ${NAMESPACE} {

using namespace std::string_view_literals;

namespace {
constexpr ${TYPE} ${FUNCTION}_embedded[] = {
${entries}};
}  // namespace

std::span<const ${TYPE}> ${FUNCTION}() { return ${FUNCTION}_embedded; }

}  // namespace ${NAMESPACE}
")
