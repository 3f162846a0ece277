/** The sentence for everything that can be wrong with a case of duplicates. {name} stands for a parameter of the issue. */
export const CASE_REASON_MESSAGES = {
  CASE_UNKNOWN: { VI: 'Không có hồ sơ trùng lặp {id}.', EN: 'There is no case of duplicates {id}.' },
  CASE_EXISTS: {
    VI: 'Cặp này đã có hồ sơ trùng lặp {id}; hãy kết luận trên hồ sơ đó.',
    EN: 'The pair has the case {id}; decide that one.',
  },
  CASE_OF_ITSELF: { VI: '{urn} không thể trùng với chính nó.', EN: '{urn} is no duplicate of itself.' },
  CASE_MOVED: {
    VI: 'Hồ sơ đang ở trạng thái {state}, không còn là {expected}; hãy xem lại trước khi kết luận.',
    EN: 'The case is {state} and no more {expected}; look at it again before you decide.',
  },
} as const;
