// Tells the thread sanitizer when a thread has waited for a Mutex. Swift's library waits where the sanitizer cannot see
// it, in code that was built without, so that what the lock orders would look like races. Loaded before that library.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

// The methods of Swift's library, by the names that its linker knows.
#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

#define METHOD __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self

// There only in programs built with the sanitizer; tools that the tests start are not.
void __tsan_acquire(void *address) __attribute__((weak));
void __tsan_release(void *address) __attribute__((weak));

METHOD void lock_slow(uint32_t thread, SELF) __asm__(LOCK_SLOW);
METHOD void unlock_slow(SELF) __asm__(UNLOCK_SLOW);

METHOD void lock_slow(uint32_t thread, SELF) {
  METHOD void (*waiting)(uint32_t, SELF) = dlsym(RTLD_NEXT, LOCK_SLOW);
  waiting(thread, self);
  if (__tsan_acquire) __tsan_acquire(self);
}

METHOD void unlock_slow(SELF) {
  METHOD void (*waking)(SELF) = dlsym(RTLD_NEXT, UNLOCK_SLOW);
  if (__tsan_release) __tsan_release(self);
  waking(self);
}
