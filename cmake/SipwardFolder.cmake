# One target per folder of lib/, so that the arrows of lib/README.md are what the linker sees.
#
#   sipward_folder(NAME SOURCES a.cc ... [USES base sip ...] [LINKS PkgConfig::sodium ...])
#
# makes the library sipward_<NAME>. USES names the folders whose headers it may include: a folder that is
# not named is not linked, and tests/house/ reads the includes too. The objects of all core folders together
# are libsipward (bindings/c).
function(sipward_folder name)
  cmake_parse_arguments(arg "" "" "SOURCES;USES;LINKS" ${ARGN})
  add_library(sipward_${name} STATIC ${arg_SOURCES})
  set_target_properties(sipward_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_include_directories(sipward_${name} PUBLIC ${PROJECT_SOURCE_DIR}/lib)
  target_link_libraries(sipward_${name} PRIVATE sipward_options)
  foreach(used IN LISTS arg_USES)
    target_link_libraries(sipward_${name} PUBLIC sipward_${used})
  endforeach()
  target_link_libraries(sipward_${name} PUBLIC ${arg_LINKS})
  set_property(GLOBAL APPEND PROPERTY SIPWARD_CORE_FOLDERS sipward_${name})
endfunction()

#   sipward_test(NAME SOURCES a_test.cc ... USES sip ... [LINKS ...])
#
# A GoogleTest program over the named folders, registered with CTest.
function(sipward_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;USES;LINKS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE sipward_test_options GTest::gtest GTest::gmock GTest::gtest_main ${arg_LINKS})
  target_precompile_headers(${name} REUSE_FROM sipward_test_headers)
  foreach(used IN LISTS arg_USES)
    target_link_libraries(${name} PRIVATE sipward_${used})
  endforeach()
  add_test(NAME ${name} COMMAND ${name})
endfunction()

#   sipward_re2_test(NAME TEST)
#
# The objects of another test, linked once more with the patterns of lists/ over RE2, where Hyperscan is the default: its
# functions are in the program itself, so that the linker leaves those of the archive alone.
function(sipward_re2_test name test)
  if(NOT SIPWARD_WITH_HYPERSCAN)
    return()
  endif()
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(re2 QUIET IMPORTED_TARGET GLOBAL re2)
  if(NOT re2_FOUND)
    return()
  endif()
  get_target_property(links ${test} LINK_LIBRARIES)
  add_executable(${name} $<TARGET_OBJECTS:${test}> ${PROJECT_SOURCE_DIR}/lib/lists/pattern_re2.cc)
  target_link_libraries(${name} PRIVATE ${links} PkgConfig::re2)
  add_test(NAME ${name} COMMAND ${name})
endfunction()
