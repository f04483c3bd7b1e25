# Every public header compiles alone, without warnings, in every language that it is for.
# -DC= -DCXX= -DINCLUDE=
set(warnings -Wall -Wextra -Wconversion -Wshadow -pedantic -Werror)
function(compiles header)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -E echo "#include <${header}>"
    COMMAND ${ARGN} ${warnings} -I${INCLUDE} -fsyntax-only -
    RESULT_VARIABLE result ERROR_VARIABLE errors)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " how)
    message(FATAL_ERROR "${header} with ${how}:\n${errors}")
  endif()
endfunction()

compiles(sipward.h ${C} -x c -std=c11)
compiles(sipward.h ${C} -x c -std=c17)
file(GLOB headers RELATIVE ${INCLUDE} ${INCLUDE}/sipward/*.h)
list(LENGTH headers count)
if(count LESS 8)
  message(FATAL_ERROR "only ${count} headers in ${INCLUDE}/sipward")
endif()
foreach(header IN LISTS headers ITEMS sipward.h)
  compiles(${header} ${CXX} -x c++ -std=c++17)
  compiles(${header} ${CXX} -x c++ -std=c++20)
endforeach()
