/** The sentence for requests that are too many. {name} stands for a parameter of the issue. */
export const TRAFFIC_REASON_MESSAGES = {
  BUSY: {
    VI: 'Đang trả lời {limit} yêu cầu lớn khác, là số tối đa cùng một lúc. Hãy gửi lại sau nửa phút.',
    EN: '{limit} other large requests are being answered, which is as many as at once. Send it again in half a minute.',
  },
  ASKED_TOO_OFTEN: {
    VI: 'Đã gửi quá {limit} yêu cầu trong một phút. Hãy gửi lại sau {seconds} giây.',
    EN: 'More than {limit} requests were sent in a minute. Send it again in {seconds} seconds.',
  },
} as const;
