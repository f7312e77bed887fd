/*
 * A PKCS#11 module that is SoftHSM, except for what the file named by KENSE_FAULTS says, one `call fault` a line, read anew at each
 * call. What was called is written to the file with `.log` behind its name.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CK_PTR *
#define CK_DECLARE_FUNCTION(returnType, name) returnType name
#define CK_DECLARE_FUNCTION_POINTER(returnType, name) returnType(*name)
#define CK_CALLBACK_FUNCTION(returnType, name) returnType(*name)
#ifndef NULL_PTR
#define NULL_PTR 0
#endif
#include "pkcs11/pkcs11.h"

static CK_FUNCTION_LIST faulty;
static CK_FUNCTION_LIST_PTR sound;

static void note(const char *line) {
  char path[4096];
  snprintf(path, sizeof path, "%s.log", getenv("KENSE_FAULTS"));
  FILE *file = fopen(path, "a");
  if (!file) return;
  fprintf(file, "%s\n", line);
  fclose(file);
}

/* The fault wanted for a call, or an empty text. */
static const char *fault_of(const char *call) {
  static char fault[64];
  char name[64], wanted[64];
  fault[0] = 0;
  FILE *file = fopen(getenv("KENSE_FAULTS"), "r");
  if (!file) return fault;
  while (fscanf(file, "%63s %63s", name, wanted) == 2)
    if (!strcmp(name, call)) strcpy(fault, wanted);
  fclose(file);
  return fault;
}

/* Hangs, falls, or answers the number that the fault is; CKR_OK means that the sound module answers. */
static CK_RV fail_as(const char *fault) {
  if (!strcmp(fault, "hang")) for (;;) pause();
  if (!strcmp(fault, "abort")) abort();
  return strncmp(fault, "0x", 2) ? CKR_OK : strtoul(fault, NULL, 16);
}

static CK_RV initialize(CK_VOID_PTR args) {
  note("C_Initialize");
  CK_RV rv = fail_as(fault_of("initialize"));
  return rv == CKR_OK ? sound->C_Initialize(args) : rv;
}

static CK_RV get_slot_list(CK_BBOOL present, CK_SLOT_ID_PTR slots, CK_ULONG_PTR count) {
  const char *fault = fault_of("slots");
  CK_RV rv = fail_as(fault);
  if (rv != CKR_OK) return rv;
  rv = sound->C_GetSlotList(present, slots, count);
  if (!strcmp(fault, "none")) *count = 0;
  return rv;
}

static CK_RV get_slot_info(CK_SLOT_ID slot, CK_SLOT_INFO_PTR info) {
  CK_RV rv = sound->C_GetSlotInfo(slot, info);
  if (!strcmp(fault_of("token"), "absent")) info->flags &= ~(CK_FLAGS)CKF_TOKEN_PRESENT;
  return rv;
}

static CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info) {
  if (!strcmp(fault_of("token"), "absent")) return CKR_TOKEN_NOT_PRESENT;
  CK_RV rv = sound->C_GetTokenInfo(slot, info);
  if (rv == CKR_OK && *fault_of("flags")) info->flags |= strtoul(fault_of("flags"), NULL, 16);
  return rv;
}

static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
  note(user == CKU_CONTEXT_SPECIFIC ? "C_Login context" : length == 0 ? "C_Login reader" : "C_Login");
  CK_RV rv = fail_as(fault_of("login"));
  if (rv != CKR_OK) return rv;
  if (user == CKU_CONTEXT_SPECIFIC) return CKR_OK;
  if (length == 0) return sound->C_Login(session, user, (CK_UTF8CHAR_PTR) "1234", 4);
  return sound->C_Login(session, user, pin, length);
}

static CK_RV logout(CK_SESSION_HANDLE session) {
  note("C_Logout");
  return sound->C_Logout(session);
}

static CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, CK_VOID_PTR app, CK_NOTIFY notify, CK_SESSION_HANDLE_PTR session) {
  note("C_OpenSession");
  return sound->C_OpenSession(slot, flags, app, notify, session);
}

static CK_RV close_session(CK_SESSION_HANDLE session) {
  note("C_CloseSession");
  return sound->C_CloseSession(session);
}

static CK_RV get_attribute_value(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR list, CK_ULONG count) {
  if (!strcmp(fault_of("attributes"), "garbage") && list->type == CKA_VALUE) {
    if (list->pValue) memset(list->pValue, 0xa5, list->ulValueLen);
    else list->ulValueLen = 5000;
    return CKR_OK;
  }
  if (list->type == CKA_ALWAYS_AUTHENTICATE && !strcmp(fault_of("key"), "always-authenticate")) {
    if (list->pValue) *(CK_BBOOL *)list->pValue = CK_TRUE;
    list->ulValueLen = sizeof(CK_BBOOL);
    return CKR_OK;
  }
  return sound->C_GetAttributeValue(session, object, list, count);
}

static CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG length, CK_BYTE_PTR value, CK_ULONG_PTR room) {
  note("C_Sign");
  const char *fault = fault_of("sign");
  CK_RV rv = fail_as(fault);
  if (rv != CKR_OK) return rv;
  rv = sound->C_Sign(session, data, length, value, room);
  if (!strcmp(fault, "wrong")) value[*room / 2] ^= 1;
  if (!strcmp(fault, "long")) *room = 100000;
  if (!strcmp(fault, "short")) *room = 3;
  return rv;
}

static CK_RV wait_for_slot_event(CK_FLAGS flags, CK_SLOT_ID_PTR slot, CK_VOID_PTR reserved) {
  (void)flags, (void)slot, (void)reserved;
  return CKR_FUNCTION_NOT_SUPPORTED;
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list) {
  void *library = dlopen(getenv("KENSE_SOUND_MODULE"), RTLD_NOW);
  CK_C_GetFunctionList get = library ? (CK_C_GetFunctionList)dlsym(library, "C_GetFunctionList") : NULL;
  if (!get || get(&sound) != CKR_OK) return CKR_GENERAL_ERROR;
  faulty = *sound;
  faulty.C_Initialize = initialize;
  faulty.C_GetFunctionList = C_GetFunctionList;
  faulty.C_GetSlotList = get_slot_list;
  faulty.C_GetSlotInfo = get_slot_info;
  faulty.C_GetTokenInfo = get_token_info;
  faulty.C_OpenSession = open_session;
  faulty.C_CloseSession = close_session;
  faulty.C_Login = login;
  faulty.C_Logout = logout;
  faulty.C_GetAttributeValue = get_attribute_value;
  faulty.C_Sign = sign;
  faulty.C_WaitForSlotEvent = wait_for_slot_event;
  *list = &faulty;
  return CKR_OK;
}
