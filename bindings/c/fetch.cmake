# libsipward-fetch, beside libsipward and not in it: who does not link it needs neither libcurl nor threads. Without
# SIPWARD_WITH_FETCH it is there as well and says that it cannot.
set(objects "")
set(source fetch_off.cc)
set(links "")
set(SIPWARD_FETCH_PC_LIBS "")
set(SIPWARD_FETCH_CONFIG_DEPENDENCIES "")
if(SIPWARD_WITH_FETCH)
  set(source fetch.cc)
  set(objects $<TARGET_OBJECTS:sipward_io_fetch>)
  set(links PkgConfig::curl Threads::Threads)
  set(SIPWARD_FETCH_PC_LIBS "-lcurl -pthread")
  set(SIPWARD_FETCH_CONFIG_DEPENDENCIES
    "  sipward_find_module(curl libcurl)\n  sipward_find_package(Threads)")
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl>=7.85)
  find_package(Threads REQUIRED)
endif()

add_library(sipward_fetch_c OBJECT ${source})
set_target_properties(sipward_fetch_c PROPERTIES POSITION_INDEPENDENT_CODE ON)
target_include_directories(sipward_fetch_c PRIVATE ${PROJECT_SOURCE_DIR}/lib ${PROJECT_SOURCE_DIR}/include)
target_link_libraries(sipward_fetch_c PRIVATE sipward_options)
list(APPEND objects $<TARGET_OBJECTS:sipward_fetch_c>)

add_library(sipward_fetch_shared SHARED ${objects})
add_library(sipward_fetch_static STATIC ${objects})
add_library(sipward::fetch ALIAS sipward_fetch_shared)
add_library(sipward::fetch_static ALIAS sipward_fetch_static)
foreach(kind IN ITEMS shared static)
  set_target_properties(sipward_fetch_${kind} PROPERTIES
    OUTPUT_NAME sipward-fetch
    LINKER_LANGUAGE CXX)
  target_link_libraries(sipward_fetch_${kind}
    PUBLIC sipward_${kind}
    PRIVATE $<BUILD_INTERFACE:sipward_options> ${links})
endforeach()
set_target_properties(sipward_fetch_shared PROPERTIES
  EXPORT_NAME fetch
  VERSION ${PROJECT_VERSION}
  SOVERSION 0
  BUILD_RPATH_USE_ORIGIN ON
  LINK_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/sipward-fetch.map)
set_target_properties(sipward_fetch_static PROPERTIES EXPORT_NAME fetch_static)
target_link_options(sipward_fetch_shared PRIVATE
  -Wl,--version-script=${CMAKE_CURRENT_SOURCE_DIR}/sipward-fetch.map)
if(NOT SIPWARD_SANITIZE)
  target_link_options(sipward_fetch_shared PRIVATE -Wl,--no-undefined -Wl,-z,relro,-z,now)
endif()
