# What would leave views into a string that is gone does not compile, and the same call on a string that stays does.
# -DCOMPILER= -DINCLUDE= -DSOURCE=
function(compiles out)
  execute_process(
    COMMAND ${COMPILER} -std=c++17 -fsyntax-only -I${INCLUDE} ${ARGN} ${SOURCE}
    RESULT_VARIABLE result ERROR_VARIABLE errors)
  if(result EQUAL 0)
    set(${out} TRUE PARENT_SCOPE)
  else()
    set(${out} FALSE PARENT_SCOPE)
    set(errors "${errors}" PARENT_SCOPE)
  endif()
endfunction()

compiles(sound)
if(NOT sound)
  message(FATAL_ERROR "the harmless calls do not compile:\n${errors}")
endif()
foreach(temporary IN ITEMS "std::string{}" "std::move(bytes)" "std::move(std::as_const(bytes))")
  compiles(dangling "-DDANGLING=${temporary}")
  if(dangling)
    message(FATAL_ERROR "Parse(${temporary}) compiles")
  endif()
  if(NOT errors MATCHES "deleted (member )?function")
    message(FATAL_ERROR "Parse(${temporary}) fails for another reason:\n${errors}")
  endif()
endforeach()
