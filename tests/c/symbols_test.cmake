# The exported symbols of the shared library are those of bindings/c/symbols.txt, no more and no fewer.
# -DLIBRARY= -DNM= -DEXPECTED=
execute_process(COMMAND ${NM} -D --defined-only ${LIBRARY}
  OUTPUT_VARIABLE listing COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[0-9a-f]+ [A-Ziu] [^\n]+" lines "${listing}")
set(exported "")
foreach(line IN LISTS lines)
  string(REGEX REPLACE "^[0-9a-f]+ ([A-Ziu]) ([^@]+).*$" "\\1;\\2" parts "${line}")
  list(GET parts 0 kind)
  list(GET parts 1 name)
  if(NOT kind STREQUAL "A")  # the version itself
    list(APPEND exported ${name})
  endif()
endforeach()
list(SORT exported)
file(STRINGS ${EXPECTED} expected)
if(NOT "${exported}" STREQUAL "${expected}")
  message(FATAL_ERROR "exported: ${exported}\nexpected: ${expected}")
endif()
