// The message digests of the BSD systems.
#pragma once
#include <sys/types.h>
#include <stdint.h>
#include <md5.h>
#include <sha1.h>
#include <sha2.h>
