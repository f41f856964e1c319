# SPDX-License-Identifier: Apache-2.0
include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")
file(REMOVE_RECURSE "${WORK_DIR}")

run(${CMAKE_COMMAND} --install "${BUILD_DIR}" --prefix "${WORK_DIR}/prefix")
run("${WORK_DIR}/prefix/bin/linchpin" --version)
if(NOT run_output MATCHES "${VERSION}")
  message(FATAL_ERROR "--version does not name ${VERSION}")
endif()

# The data must be found when the whole tree moves.
file(RENAME "${WORK_DIR}/prefix" "${WORK_DIR}/moved")
run("${WORK_DIR}/moved/bin/linchpin" table list)
if(NOT run_output MATCHES "world-2011")
  message(FATAL_ERROR "the moved installation does not find its worlds")
endif()

run(${CMAKE_COMMAND} -S "${CONSUMER_DIR}" -B "${WORK_DIR}/consumer"
    "-DCMAKE_PREFIX_PATH=${WORK_DIR}/moved" -DCMAKE_BUILD_TYPE=Release)
run(${CMAKE_COMMAND} --build "${WORK_DIR}/consumer")
run("${WORK_DIR}/consumer/consumer" "${WORK_DIR}/moved/share/linchpin")
if(NOT run_output MATCHES "CHN relies on")
  message(FATAL_ERROR "the consumer did not answer")
endif()
