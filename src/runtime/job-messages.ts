/** The sentence for what can be wrong with a job. {name} stands for a parameter of the issue. */
export const JOB_REASON_MESSAGES = {
  JOB_UNKNOWN: { VI: 'Không có công việc nào mang số {id}.', EN: 'There is no job {id}.' },
  JOB_OVER: {
    VI: 'Công việc {id} đã kết thúc ({state}), không hủy được nữa.',
    EN: 'Job {id} is over ({state}) and can not be cancelled.',
  },
  JOB_ABANDONED: {
    VI: 'Dịch vụ nhiều lần dừng giữa chừng khi làm việc này. Hãy yêu cầu lại.',
    EN: 'The service stopped several times while it worked on this. Ask for it again.',
  },
} as const;
